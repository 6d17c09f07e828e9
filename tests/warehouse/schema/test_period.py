"""The period stands in every name that is not of a whole year."""

from datetime import date

from warehouse.schema.period import name_of, part_of_year


def test_a_quarter_is_said_and_a_year_is_not() -> None:
    january = date(2019, 1, 1)
    assert name_of("Tanhuato", 2019, january, date(2019, 3, 31)) == "Tanhuato 2019, enero a marzo"
    assert name_of("Tanhuato", 2019, january, date(2019, 3, 31), "en") == "Tanhuato 2019, January to March"
    assert name_of("Sonora", 2018, date(2018, 1, 1), date(2018, 12, 31)) == "Sonora 2018"
    assert name_of("Sonora", 2018, None, None) == "Sonora 2018"


def test_one_month_and_a_period_over_two_years() -> None:
    assert part_of_year(date(2019, 4, 1), date(2019, 4, 30)) == "abril"
    assert part_of_year(date(2018, 10, 1), date(2019, 9, 30)) == "octubre 2018 a septiembre 2019"
