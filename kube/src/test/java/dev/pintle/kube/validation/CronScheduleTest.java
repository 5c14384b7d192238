package dev.pintle.kube.validation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Schedules as the parser of the real server reads them.
final class CronScheduleTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "* * * * *",
        "*/5 * * * *",
        "0 0 1 1 0",
        "59 23 31 12 6",
        "* * * * SUN",
        "* * * JAN-mar mon,tue",
        "? ? ? ? ?",
        "5/15 * * * *",
        "0,,5 * * * *",
        ", * * * *",
        "+5 * * * *",
        "*-5 * * * *",
        "  0 0 * * 1-5 ",
        "0\t0 * * *",
        "@daily",
        "@hourly",
        "@every 1h30m",
        "@every -5s",
        "CRON_TZ=UTC 0 0 * * *"
      })
  void aScheduleThatIsUnderstoodHasNothingWrong(String schedule) {
    assertThat(CronSchedule.complaint(schedule)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "60 * * * * | end of range (60) above maximum (59): 60",
        "* 24 * * * | end of range (24) above maximum (23): 24",
        "* * 0 * * | beginning of range (0) below minimum (1): 0",
        "* * 32 * * | end of range (32) above maximum (31): 32",
        "* * * 0 * | beginning of range (0) below minimum (1): 0",
        "* * * * 7 | end of range (7) above maximum (6): 7",
        "5-0 * * * * | beginning of range (5) beyond end of range (0): 5-0",
        "1-61 * * * * | end of range (61) above maximum (59): 1-61",
        "1-2-3 * * * * | too many hyphens: 1-2-3",
        "1/2/3 * * * * | too many slashes: 1/2/3",
        "*/0 * * * * | step of range should be a positive number: */0",
        "*/-1 * * * * | negative number (-1) not allowed: -1",
        "a * * * * | failed to parse int from a: strconv.Atoi: parsing \"a\": invalid syntax",
        "1- * * * * | failed to parse int from : strconv.Atoi: parsing \"\": invalid syntax",
        "-1 * * * * | failed to parse int from : strconv.Atoi: parsing \"\": invalid syntax",
        "٣ * * * * | failed to parse int from ٣: strconv.Atoi: parsing \"٣\": invalid syntax",
        "99999999999999999999 * * * * | failed to parse int from 99999999999999999999: strconv.Atoi: parsing \"99999999999999999999\": value out of range",
        "* * L * * | failed to parse int from L: strconv.Atoi: parsing \"L\": invalid syntax",
        "* * * * | expected exactly 5 fields, found 4: [* * * *]",
        "* * * * * * | expected exactly 5 fields, found 6: [* * * * * *]",
        "@Daily | unrecognized descriptor: @Daily",
        "@reboot | unrecognized descriptor: @reboot",
        "@every | unrecognized descriptor: @every",
        "@every x | failed to parse duration @every x: time: invalid duration \"x\""
      })
  void whatIsNotUnderstoodIsToldInTheWordsOfTheParser(String schedule, String complaint) {
    assertThat(CronSchedule.complaint(schedule)).isEqualTo(complaint);
  }

  @Test
  void theFirstFaultIsToldAndNoOther() {
    assertThat(CronSchedule.complaint("60 24 0 0 7")).startsWith("end of range (60)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0 | 1", "0,2 | 2", "0-2 | 3", "0-2,4 | 4", "00 | 1", "+1 | 1", "'' | 0"})
  void indexesOfAJobAreCounted(String text, long count) {
    assertThat(JobIndexes.parse(text, 5)).isEqualTo(new JobIndexes(count, ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2-0 | non-increasing order, previous: 2, current: 0",
        "0-0 | non-increasing order, previous: 0, current: 0",
        "1,1 | non-increasing order, previous: 1, current: 1",
        "1,0 | non-increasing order, previous: 1, current: 0",
        "a | cannot convert string to integer for index: \"a\"",
        "٣ | cannot convert string to integer for index: \"٣\"",
        "'0 ,1' | cannot convert string to integer for index: \"0 \"",
        "0, | cannot convert string to integer for index: \"\"",
        "-1 | cannot convert string to integer for index: \"\"",
        "5 | too large index: \"5\"",
        "0-5 | too large index: \"5\"",
        "99999999999 | too large index: \"99999999999\"",
        "1-2-3 | the fragment \"1-2-3\" violates the requirement that an index interval can have at most two parts separated by '-'"
      })
  void indexesOfAJobThatAreNoneAreToldInTheWordsOfGo(String text, String complaint) {
    assertThat(JobIndexes.parse(text, 5).complaint()).isEqualTo(complaint);
  }
}
