"""
### La conservation

| | |
|---|---|
| **quand** | chaque mercredi à 13 h, heure de Paris : jamais à côté d'une nuit ou d'une liste |
| **lit** | les règles de `people/retention.toml` et du contrat d'entrée, les suites et procédures ouvertes qui suspendent |
| **écrit** | rien d'autre que la preuve : quoi, combien, avant quel jour, quelle règle ; jamais de qui |
| **enlève** | listes, décisions, suites, fichiers des nuits, sorties, quarantaine, données des baux quittés, sessions, journal |
| **si c'est rouge** | lire `coverage`, corriger, effacer (*clear*) la tâche rouge : ce qui était commencé s'achève |
| **d'abord à blanc** | `riskmodel retention plan BAILLEUR` ; après : `riskmodel retention proof BAILLEUR` |

Une fois les anciens fichiers du lac effacés, une liste plus ancienne que l'horizon ne peut plus être refaite : c'est voulu.
"""

from datetime import datetime

from airflow.sdk import CronTriggerTimetable, dag, task

from riskmodel.settings import load
from riskmodel.steps.calendar import as_of_night


@dag(
    schedule=CronTriggerTimetable("0 13 * * WED", timezone="Europe/Paris"),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 0},
    doc_md=__doc__,
    tags=["vigie-bail"],
)
def retention() -> None:
    @task
    def landlords() -> list[str]:
        from riskmodel.steps.coverage import declared

        return declared(load())

    @task(map_index_template="{{ task.op_kwargs['landlord_id'] }}")
    def remove(landlord_id: str, logical_date: datetime | None = None) -> dict[str, int]:
        from riskmodel.steps import retention_week

        return retention_week.remove(load(), landlord_id, logical_date)

    @task(trigger_rule="all_done")
    def shared(logical_date: datetime | None = None) -> dict[str, int]:
        from riskmodel.steps import retention_week

        return retention_week.remove_shared(load(), logical_date)

    @task(trigger_rule="all_done")
    def coverage(logical_date: datetime | None = None) -> dict[str, int]:
        from riskmodel.steps.coverage import close
        from riskmodel.steps.retention_week import WEEK

        return close(load(), as_of_night(logical_date), WEEK)

    remove.expand(landlord_id=landlords()) >> shared() >> coverage()


retention()
