"""The command line: the same steps as the DAGs, for a person at a terminal.

In: arguments. Out: French messages; a VigieError ends with its own exit code and no traceback.
"""

import sys
from importlib import import_module
from pkgutil import iter_modules

import typer
from rich.console import Console

from riskmodel.errors import VigieError

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Vigie Bail : repérer tôt, aider à temps.")
console = Console()


def main() -> None:
    """Entry point of the `riskmodel` command."""
    load_commands()
    try:
        app()
    except VigieError as error:
        Console(stderr=True).print(f"[bold red]Refusé[/] {error}", highlight=False)
        sys.exit(error.exit_code)


def load_commands() -> typer.Typer:
    """The application with every room's commands: each module of this room registers its own."""
    for module in iter_modules(__path__, f"{__name__}."):
        import_module(module.name)
    return app
