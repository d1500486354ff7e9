"""
### La nuit

| | |
|---|---|
| **quand** | chaque nuit à 2 h, heure de Paris, sur le jour qui vient de finir (`as_of`) |
| **lit** | les livraisons de chaque bailleur déclaré, jusqu'à `as_of` |
| **écrit** | le lac, le rapport de qualité, les traits, les scores, les échéances de la loi ; une ligne de journal par étape |
| **livraison en retard** | nouvel essai toutes les 20 min pendant 2 h, puis la nuit continue avec ce qui est connu et le dit |
| **si c'est rouge** | `coverage` nomme le bailleur, l'étape et le geste à faire ; puis effacer (*clear*) ses tâches rouges |
| **nuits passées** | `airflow backfill create --dag-id nightly --from-date … --to-date …` (dernier minuit exclu), sans attente |

Un bailleur qui échoue s'arrête seul : les nuits des autres sont en place, et `coverage` met l'exécution au rouge
en disant qui manque.
"""

from datetime import datetime, timedelta
from typing import Any

from airflow.sdk import CronTriggerTimetable, ExceptionRetryPolicy, RetryAction, RetryRule, chain, dag, task, task_group

from riskmodel.settings import load
from riskmodel.steps.calendar import as_of_night

# What heals by waiting is tried again; a refused delivery or a fault of ours would only be refused again.
WAIT_FOR_FILES = {
    "retries": 6,
    "retry_delay": timedelta(minutes=20),
    "retry_policy": ExceptionRetryPolicy([RetryRule(FileNotFoundError, RetryAction.RETRY)], default=RetryAction.FAIL),
}
ITS_LANDLORD = "{{ task.op_kwargs['landlord_id'] }}"


@task(map_index_template=ITS_LANDLORD)
def deadlines(landlord_id: str, logical_date: datetime | None = None) -> dict[str, int]:
    """The law is read from the features, beside the scores and whatever becomes of them."""
    from riskmodel.steps import night

    return night.read_deadlines(load(), landlord_id, as_of_night(logical_date))


@dag(
    schedule=CronTriggerTimetable("0 2 * * *", timezone="Europe/Paris"),
    catchup=False,
    max_active_runs=1,
    default_args=WAIT_FOR_FILES,
    doc_md=__doc__,
    tags=["vigie-bail"],
)
def nightly() -> None:
    @task
    def landlords() -> list[str]:
        from riskmodel.steps.coverage import declared

        return declared(load())

    @task(map_index_template=ITS_LANDLORD)
    def receive(landlord_id: str, logical_date: datetime | None = None, dag_run: Any = None, ti: Any = None) -> dict[str, int]:
        from riskmodel.steps import night

        may_wait = dag_run.run_type == "scheduled" and ti.try_number <= ti.max_tries
        return night.receive_deliveries(load(), landlord_id, as_of_night(logical_date), may_wait=may_wait)

    @task(map_index_template=ITS_LANDLORD)
    def features(landlord_id: str, logical_date: datetime | None = None) -> dict[str, int]:
        from riskmodel.steps import night

        return night.build_features(load(), landlord_id, as_of_night(logical_date))

    @task(map_index_template=ITS_LANDLORD)
    def score(landlord_id: str, logical_date: datetime | None = None) -> dict[str, int]:
        from riskmodel.steps import night

        return night.score_leases(load(), landlord_id, as_of_night(logical_date))

    @task_group
    def landlord(landlord_id: str) -> None:
        last = [score(landlord_id=landlord_id), deadlines(landlord_id=landlord_id)]
        chain(receive(landlord_id=landlord_id), features(landlord_id=landlord_id), last)

    @task(trigger_rule="all_done")
    def coverage(logical_date: datetime | None = None) -> dict[str, int]:
        from riskmodel.steps.coverage import NIGHT, close

        return close(load(), as_of_night(logical_date), NIGHT)

    landlord.expand(landlord_id=landlords()) >> coverage()


nightly()
