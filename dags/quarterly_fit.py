"""
### Les tables proposées du trimestre

| | |
|---|---|
| **quand** | le premier dimanche de janvier, avril, juillet et octobre à 8 h, heure de Paris, sur la veille (`as_of`) |
| **lit** | l'histoire de chaque bailleur déclaré jusqu'à `as_of`, et les décisions prises sur ses listes |
| **écrit** | au registre, une table de points candidate par score, en attente ; rien d'autre ne change |
| **jamais** | ce DAG n'approuve rien : une personne rejoue (`riskmodel tables replay`), lit, puis approuve ou non |
| **trop peu d'histoire** | aucune candidate pour ce score, la table en place continue ; ce n'est pas une erreur |
| **si c'est rouge** | lire `coverage`, corriger, puis effacer (*clear*) les tâches rouges ; la table en place sert toujours |
"""

from datetime import datetime

from airflow.sdk import CronTriggerTimetable, dag, task

from riskmodel.settings import load
from riskmodel.steps.calendar import as_of_night


@dag(
    schedule=CronTriggerTimetable("0 8 * 1,4,7,10 SUN#1", timezone="Europe/Paris"),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 0},
    doc_md=__doc__,
    tags=["vigie-bail"],
)
def quarterly_fit() -> None:
    @task
    def landlords() -> list[str]:
        from riskmodel.steps.coverage import declared

        return declared(load())

    @task(map_index_template="{{ task.op_kwargs['landlord_id'] }}")
    def propose(landlord_id: str, logical_date: datetime | None = None) -> dict[str, int]:
        from riskmodel.steps import night

        return night.propose_tables(load(), landlord_id, as_of_night(logical_date))

    @task(trigger_rule="all_done")
    def coverage(logical_date: datetime | None = None) -> dict[str, int]:
        from riskmodel.steps.coverage import QUARTER, close

        return close(load(), as_of_night(logical_date), QUARTER)

    propose.expand(landlord_id=landlords()) >> coverage()


quarterly_fit()
