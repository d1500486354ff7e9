"""Windows that slide: so many sign-ins by account and by address, so many forms by session."""

from datetime import timedelta

from riskmodel.access import limits
from riskmodel.access.limits import Limits, Window
from tests.unit.access.monday import NOW

SECOND = timedelta(seconds=1)


def test_a_window_admits_so_many_then_refuses_until_it_has_slid() -> None:
    window = Window(3, 10 * SECOND)
    assert [window.admits("a", NOW + i * SECOND) for i in (0, 1, 2, 3)] == [True, True, True, False]
    assert window.admits("a", NOW + 10 * SECOND)
    assert not window.admits("a", NOW + 10 * SECOND)


def test_what_was_refused_does_not_count() -> None:
    window = Window(1, 10 * SECOND)
    window.admits("a", NOW)
    assert [window.admits("a", NOW + i * SECOND) for i in (5, 9, 10)] == [False, False, True]


def test_keys_do_not_share() -> None:
    window = Window(1, 10 * SECOND)
    assert window.admits("a", NOW)
    assert window.admits("b", NOW)


def test_a_window_forgets_the_silent_before_it_grows_without_end() -> None:
    window = Window(1, SECOND)
    for i in range(limits.SWEEP + 5):
        window.admits(str(i), NOW + i * SECOND)
    assert len(window._seen) <= limits.SWEEP


def test_guessing_one_account_from_everywhere_or_all_accounts_from_one_address_is_slowed() -> None:
    by_account, by_address = Limits(), Limits()
    assert sum(by_account.may_sign_in("amel.k", f"10.0.0.{i}", NOW) for i in range(40)) == 10
    assert sum(by_address.may_sign_in(f"compte{i}", "10.0.0.1", NOW) for i in range(80)) == 50
    assert not by_account.may_sign_in(" AMEL.K", "10.1.0.1", NOW)


def test_a_session_posts_two_forms_a_second_over_a_minute_and_no_more() -> None:
    given = Limits()
    assert sum(given.may_post("jeton", NOW) for _ in range(200)) == 120
