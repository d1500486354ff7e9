"""
### Les avis aux partenaires

| | |
|---|---|
| **quand** | du lundi au vendredi à 8 h et 14 h, heure de Paris |
| **lit** | au registre, les avis qui attendent : orientation envoyée, retirée, fiche rappelée |
| **écrit** | un courriel par partenaire, avec un lien et aucun nom ; chaque avis parti est marqué |
| **sans serveur de courrier** | rien ne part et rien ne se perd : les avis attendent, les pages des partenaires les montrent |
| **si c'est rouge** | `coverage` nomme le bailleur ; corriger l'adresse ou le serveur, puis effacer (*clear*) ses tâches rouges |

Relancer est sans danger : un avis parti ne repart pas.
"""

from datetime import datetime

from airflow.sdk import CronTriggerTimetable, dag, task

from riskmodel.settings import load
from riskmodel.steps.calendar import as_of_night


@dag(
    schedule=CronTriggerTimetable("0 8,14 * * MON-FRI", timezone="Europe/Paris"),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 0},
    doc_md=__doc__,
    tags=["vigie-bail"],
)
def partner_notices() -> None:
    @task
    def landlords() -> list[str]:
        from riskmodel.steps.coverage import declared

        return declared(load())

    @task(map_index_template="{{ task.op_kwargs['landlord_id'] }}")
    def send(landlord_id: str, logical_date: datetime | None = None) -> dict[str, int]:
        from riskmodel.steps import notices

        return notices.send_scheduled(load(), landlord_id, logical_date)

    @task(trigger_rule="all_done")
    def coverage(logical_date: datetime | None = None) -> dict[str, int]:
        from riskmodel.steps.coverage import close
        from riskmodel.steps.notices import RUN

        return close(load(), as_of_night(logical_date), RUN)

    send.expand(landlord_id=landlords()) >> coverage()


partner_notices()
