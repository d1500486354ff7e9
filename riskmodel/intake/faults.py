"""What can be wrong with a delivery: one line a rule, with the words a person reads and the next move."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Rule:
    """A rule in French: what it says, and what to do when it is broken."""

    title: str
    next_move: str


RULES: dict[str, Rule] = {
    "illegible": Rule("valeur illisible", "Corrigez la valeur à la source, ou le format déclaré dans le profil."),
    "unknown_source_code": Rule(
        "code absent du profil", "Demandez au métier le sens de ce code, puis ajoutez-le au profil ; il n'est jamais deviné."
    ),
    "missing_value": Rule("valeur obligatoire absente", "Complétez la valeur à la source."),
    "unknown_code": Rule("code hors du contrat", "Corrigez le code à la source, ou traduisez-le dans le profil."),
    "out_of_bounds": Rule("valeur hors bornes", "Vérifiez la valeur à la source."),
    "undecodable": Rule("octet illisible dans l'encodage déclaré", "Vérifiez l'encodage de l'export et celui du profil."),
    "column_count": Rule("nombre de colonnes", "Cherchez un séparateur ou un retour à la ligne dans un champ de cette ligne."),
    "duplicate_key": Rule("clé en double", "Supprimez la ligne en trop à la source, ou revoyez la clé dans le profil."),
    "missing_parent": Rule(
        "rattachement introuvable",
        "Livrez aussi la ligne désignée, ou corrigez l'identifiant : cette ligne attend, et sera prise quand l'autre arrivera.",
    ),
    "dates_order": Rule("dates dans le désordre", "Corrigez l'une des deux dates à la source."),
    "sign": Rule("signe contraire à la nature de l'écriture", "Vérifiez le sens débit/crédit à la source ou dans le profil."),
    "reject_without_payment": Rule(
        "rejet d'un paiement introuvable",
        "Livrez le paiement rejeté : le rejet attend, et sera pris avec lui. Videz la référence si elle n'est pas connue.",
    ),
    "balance_gap": Rule("solde de l'ERP différent de la somme des écritures", "Recherchez les écritures absentes ou en trop."),
    "manifest": Rule("manifeste contradictoire", "Corrigez manifest.json ou le nom du dossier, puis livrez à nouveau."),
    "unreadable_file": Rule("fichier illisible", "Exportez à nouveau ce fichier."),
    "empty_file": Rule("fichier vide", "Exportez à nouveau ce fichier ; une table sans ligne garde sa ligne d'en-tête."),
    "truncated": Rule("fichier tronqué", "Attendez la fin de l'export, puis livrez à nouveau le fichier entier."),
    "missing_column": Rule(
        "colonne absente de l'en-tête", "Ajoutez la colonne à l'export, ou déclarez-la absente dans le profil."
    ),
    "missing_table": Rule("table obligatoire absente", "Ajoutez ce fichier à la livraison."),
    "control_rows": Rule("nombre de lignes différent du manifeste", "Vérifiez que l'export est complet, puis livrez à nouveau."),
    "control_amount": Rule("total différent du manifeste", "Vérifiez que l'export est complet et le sens des montants."),
    "older": Rule("livraison antérieure à la dernière acceptée", "Livrez un arrêté plus récent ; le passé n'est jamais réécrit."),
    "shrunk": Rule(
        "livraison complète bien plus courte que le connu", "Vérifiez l'export ; s'il est partiel, livrez-le en mode incremental."
    ),
    "quarantine_share": Rule(
        "trop de lignes en quarantaine", "Corrigez la cause la plus fréquente ci-dessous, puis livrez à nouveau."
    ),
    "collision_share": Rule("trop de clés en double", "Revoyez la clé dans le profil ou l'export."),
    "balance_share": Rule("trop de soldes non rapprochés", "Recherchez ce qui manque au grand livre avant de livrer à nouveau."),
}


@dataclass(frozen=True)
class Fault:
    """One thing wrong: where (file, line, column), the value seen, the value expected, and the rule that says so.

    `line` counts from 1 in the file, header included (in a Parquet file: the rank of the row); None for a whole file or table.
    """

    rule: str
    table: str
    file: str
    line: int | None
    column: str
    value: str
    expected: str

    @property
    def title(self) -> str:
        """The rule in French."""
        return RULES[self.rule].title

    @property
    def next_move(self) -> str:
        """What to do about it."""
        return RULES[self.rule].next_move

    @property
    def place(self) -> str:
        """`file:line`, as an editor opens it."""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def facts(self) -> dict[str, str | int | None]:
        """All of it as plain values, for files."""
        return {**asdict(self), "title": self.title, "next_move": self.next_move}
