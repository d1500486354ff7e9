"""
### Les indicateurs du mois

| | |
|---|---|
| **quand** | le 1er du mois à 6 h, heure de Paris, sur le mois qui vient de finir |
| **lit** | le compte connu à chaque fin de mois, les actes, les listes, les décisions, les orientations |
| **écrit** | les indicateurs du mois sous `sorties/<bailleur>/indicateurs/` ; en janvier, ceux de l'année aussi |
| **trop tôt** | un bailleur sans livraison acceptée n'a rien à compter : dit au journal, sans rouge |
| **si c'est rouge** | `coverage` nomme le bailleur et la cause ; réparer, puis effacer (*clear*) ici ses tâches rouges |

Relancer est sans danger : le même jour redonne les mêmes chiffres.
"""

from datetime import datetime

from airflow.sdk import CronTriggerTimetable, dag, task

from riskmodel.settings import load
from riskmodel.steps.calendar import as_of_night


@dag(
    schedule=CronTriggerTimetable("0 6 1 * *", timezone="Europe/Paris"),
    catchup=False,
    max_active_runs=1,
    doc_md=__doc__,
    tags=["vigie-bail"],
)
def monthly_indicators() -> None:
    @task
    def landlords() -> list[str]:
        from riskmodel.steps.coverage import declared

        return declared(load())

    @task(map_index_template="{{ task.op_kwargs['landlord_id'] }}")
    def count(landlord_id: str, logical_date: datetime | None = None) -> dict[str, int]:
        from riskmodel.steps import indicators

        return indicators.month(load(), landlord_id, as_of_night(logical_date))

    @task(trigger_rule="all_done")
    def coverage(logical_date: datetime | None = None) -> dict[str, int]:
        from riskmodel.steps.coverage import close
        from riskmodel.steps.indicators import RUN

        return close(load(), as_of_night(logical_date), RUN)

    count.expand(landlord_id=landlords()) >> coverage()


monthly_indicators()
