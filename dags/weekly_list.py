"""
### La liste du lundi

| | |
|---|---|
| **quand** | chaque lundi à 5 h 30, heure de Paris, pour la semaine qui commence, au dimanche soir (`as_of`) |
| **lit** | ce que la nuit de dimanche à lundi a laissé, les listes précédentes, les tables approuvées et les arrêts du registre |
| **écrit** | le bilan des listes échues, puis la liste figée de chaque unité ; ses fichiers : `sorties/<bailleur>/<semaine>/` |
| **nuit inachevée** | nouvel essai toutes les 15 min jusqu'à 7 h, puis liste faite de ce qui est connu, ou refusée |
| **si c'est rouge** | lire `coverage` ; réparer d'abord la nuit du bailleur, puis effacer (*clear*) ici ses tâches rouges |
| **semaines passées** | `airflow backfill create --dag-id weekly_list …` ; une liste figée ressort identique |

Un horaire simple et un contrôle de fraîcheur, plutôt qu'un *asset* émis par la nuit : celui-ci se déclencherait sept fois
par semaine, seulement une fois tous les bailleurs finis, et jamais le lundi où l'un d'eux a échoué.
Ici chaque liste n'attend que la nuit de son bailleur.
"""

from datetime import datetime, timedelta
from typing import Any

from airflow.sdk import CronTriggerTimetable, ExceptionRetryPolicy, RetryAction, RetryRule, chain, dag, task, task_group

from riskmodel.settings import load
from riskmodel.steps.calendar import day_before, monday_of

# Only a night still under way heals by waiting: it is told by FileNotFoundError, like a file that is late.
WAIT_FOR_THE_NIGHT = {
    "retries": 6,
    "retry_delay": timedelta(minutes=15),
    "retry_policy": ExceptionRetryPolicy([RetryRule(FileNotFoundError, RetryAction.RETRY)], default=RetryAction.FAIL),
}
ITS_LANDLORD = "{{ task.op_kwargs['landlord_id'] }}"


@dag(
    schedule=CronTriggerTimetable("30 5 * * MON", timezone="Europe/Paris"),
    catchup=False,
    max_active_runs=1,
    default_args=WAIT_FOR_THE_NIGHT,
    doc_md=__doc__,
    tags=["vigie-bail"],
)
def weekly_list() -> None:
    @task
    def landlords() -> list[str]:
        from riskmodel.steps.coverage import declared

        return declared(load())

    @task(map_index_template=ITS_LANDLORD)
    def mature(landlord_id: str, logical_date: datetime | None = None, dag_run: Any = None, ti: Any = None) -> dict[str, int]:
        from riskmodel.steps import night

        may_wait = dag_run.run_type == "scheduled" and ti.try_number <= ti.max_tries
        return night.mature_lists(load(), landlord_id, monday_of(logical_date), may_wait=may_wait)

    @task(map_index_template=ITS_LANDLORD)
    def lists(landlord_id: str, logical_date: datetime | None = None) -> dict[str, int]:
        from riskmodel.steps import night

        return night.build_lists(load(), landlord_id, monday_of(logical_date))

    @task_group
    def landlord(landlord_id: str) -> None:
        chain(mature(landlord_id=landlord_id), lists(landlord_id=landlord_id))

    @task(trigger_rule="all_done")
    def coverage(logical_date: datetime | None = None) -> dict[str, int]:
        from riskmodel.steps.coverage import MONDAY, close

        return close(load(), day_before(monday_of(logical_date)), MONDAY)

    landlord.expand(landlord_id=landlords()) >> coverage()


weekly_list()
