"""
### La veille du mois

| | |
|---|---|
| **quand** | le 1er du mois à 4 h, heure de Paris, sur le mois qui vient de finir : après la nuit, avant une liste du lundi |
| **lit** | le compte connu au dernier soir du mois, les listes figées, les décisions, les colonnes réservées à l'audit |
| **écrit** | les arrêts au journal, que lit la liste du lundi ; relevé, fiches et registre sous `sorties/<bailleur>/veille/` |
| **trop tôt** | un bailleur sans dimanche échu n'a rien à mesurer : dit au journal, sans rouge |
| **si c'est rouge** | `coverage` nomme le bailleur et la cause ; réparer, puis effacer (*clear*) ici ses tâches rouges |
| **mois passés** | `airflow backfill create --dag-id monthly_watch …`, les plus anciens d'abord : un arrêt compte les mois |

Les groupes (âge, type de ménage, quartier…) sont joints en mémoire le temps du relevé. Aucune tâche ne les rend, aucun
fichier ne les garde à côté d'un score.
"""

from datetime import datetime

from airflow.sdk import CronTriggerTimetable, dag, task

from riskmodel.settings import load
from riskmodel.steps.calendar import as_of_night


@dag(
    schedule=CronTriggerTimetable("0 4 1 * *", timezone="Europe/Paris"),
    catchup=False,
    max_active_runs=1,
    doc_md=__doc__,
    tags=["vigie-bail"],
)
def monthly_watch() -> None:
    @task
    def landlords() -> list[str]:
        from riskmodel.steps.coverage import declared

        return declared(load())

    @task(map_index_template="{{ task.op_kwargs['landlord_id'] }}")
    def watch(landlord_id: str, logical_date: datetime | None = None) -> dict[str, int]:
        from riskmodel.steps import watch_month

        return watch_month.watch(load(), landlord_id, as_of_night(logical_date))

    @task(trigger_rule="all_done")
    def coverage(logical_date: datetime | None = None) -> dict[str, int]:
        from riskmodel.steps.coverage import close
        from riskmodel.steps.watch_month import MONTH

        return close(load(), as_of_night(logical_date), MONTH)

    watch.expand(landlord_id=landlords()) >> coverage()


monthly_watch()
