package dev.pintle.etcd.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.flow.Queuing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanReaderTest {
  private static QueuingPlan read(String text) {
    return PlanReader.read(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everyFieldReachesThePlan() {
    QueuingPlan plan =
        read(
            """
            {
              // how long anybody waits
              "waitSeconds": 3,
              "levels": [
                {"name": "slow", "seats": 2, "queues": 8, "handSize": 3, "queueLength": 7},
                {"name": "full", "seats": 5, "queues": 0},
              ],
              "rules": [
                {"name": "r", "level": "slow", "methods": ["Range", "Txn"], "users": ["u"],
                 "organizations": ["o"], "prefixes": ["/a/", "/b/"], "flowBy": ["user", "prefix"]},
                {"name": "rest", "level": "full", "flowBy": []}
              ]
            }
            """);
    assertThat(plan)
        .isEqualTo(
            new QueuingPlan(
                3,
                List.of(
                    new PlannedLevel("slow", 2, new Queuing.Wait(8, 3, 7)),
                    new PlannedLevel("full", 5, new Queuing.Reject())),
                List.of(
                    new PlannedRule(
                        "r",
                        "slow",
                        Set.of(QueuedMethod.RANGE, QueuedMethod.TXN),
                        Set.of("u"),
                        Set.of("o"),
                        List.of(Bytes.utf8("/a/"), Bytes.utf8("/b/")),
                        Set.of(FlowPart.USER, FlowPart.PREFIX)),
                    new PlannedRule(
                        "rest", "full", Set.of(), Set.of(), Set.of(), List.of(), Set.of()))));
  }

  @Test
  void theExampleIsAPlan() throws Exception {
    Path example = Path.of("..", "examples", "fair-queuing", "plan.json");
    QueuingPlan plan = PlanReader.read(Files.readAllBytes(example));
    assertThat(plan.levels()).hasSize(4);
    assertThat(plan.rules()).hasSize(6);
  }

  @Test
  void whatIsLeftOutHasItsUsualValue() {
    QueuingPlan plan =
        read(
            """
            {"levels": [{"name": "a", "seats": 1}, {"name": "b", "seats": 1, "queues": 2}],
             "rules": [{"name": "a", "level": "a", "methods": ["Put"]}, {"name": "b", "level": "b"}]}
            """);
    assertThat(plan.waitSecondsMax()).isEqualTo(10);
    assertThat(plan.levels())
        .extracting(PlannedLevel::queuing)
        .containsExactly(new Queuing.Wait(16, 4, 50), new Queuing.Wait(2, 2, 50));
    assertThat(plan.rules().getFirst().flowBy()).isEqualTo(Set.of(FlowPart.USER, FlowPart.ADDRESS));
    assertThat(read("{}").rules()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      maxCharsPerColumn = 100_000,
      quoteCharacter = '`',
      value = {
        "{\"level\": []} | level: no such field (expected: one of levels, rules, waitSeconds)",
        "[] | plan: no object (expected: {\"levels\": [...], \"rules\": [...]})",
        "{} {} | plan: more behind its end (expected: one object)",
        "{\"levels\": 1} | levels: 1 (expected: an array)",
        "{\"levels\": [1]} | levels[0]: 1 (expected: an object)",
        "{\"waitSeconds\": 0} | waitSeconds: 0 (expected: 1 to 3600)",
        "{\"waitSeconds\": \"10s\"} | waitSeconds: 10s (expected: 1 to 3600)",
        "{\"waitSeconds\": 99999999999999999999} | waitSeconds: 99999999999999999999 (expected: 1 to 3600)",
        "{\"waitSeconds\": 1.5} | waitSeconds: 1.5 (expected: 1 to 3600)",
        "{\"waitSeconds\": null} | waitSeconds: null (expected: 1 to 3600)",
        "{\"a\": [[[[[[[[1]]]]]]]]} | plan: nested deeper than 6 (expected: levels and rules, and their values)",
      })
  void whatIsNoPlanIsRefused(String text, String why) {
    refused(text, why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"seats\": 1 | levels[0].name: missing (expected: a text)",
        "\"name\": 7, \"seats\": 1 | levels[0].name: 7 (expected: a text)",
        "\"name\": \"A\", \"seats\": 1 | levels[0].name: A (expected: 1 to 63 of lower-case letters, digits and hyphens)",
        "\"name\": \"exempt\", \"seats\": 1 | levels[0].name: exempt (expected: another name: this one is the server's own)",
        "\"name\": \"catch-all\", \"seats\": 1 | levels[0].name: catch-all (expected: another name: this one is the server's own)",
        "\"name\": \"a\" | levels[0].seats: missing (expected: 1 to 100000)",
        "\"name\": \"a\", \"seats\": 0 | levels[0].seats: 0 (expected: 1 to 100000)",
        "\"name\": \"a\", \"seats\": 1, \"seat\": 2 | levels[0].seat: no such field (expected: one of handSize, name, queueLength, queues, seats)",
        "\"name\": \"a\", \"seats\": 1, \"queues\": 4, \"handSize\": 6 | levels[0].handSize: 6 (expected: 1 to 4)",
        "\"name\": \"a\", \"seats\": 1, \"queues\": 1024, \"handSize\": 7 | levels[0].handSize: 7 (expected: so small that 1024 queues and it use up at most 60 bits, not 70)",
        "\"name\": \"a\", \"seats\": 1, \"queues\": 4097 | levels[0].queues: 4097 (expected: 0 to 4096)",
        "\"name\": \"a\", \"seats\": 1, \"queueLength\": 0 | levels[0].queueLength: 0 (expected: 1 to 100000)",
        "\"name\": \"a\", \"seats\": 1, \"queues\": 0, \"handSize\": 1 | levels[0].queues: 0 (expected: neither handSize nor queueLength with it: nobody waits)",
        "\"name\": \"a\", \"seats\": 1 | levels[0].name: a (expected: named by a rule)",
      })
  void aBadLevelIsRefused(String fields, String why) {
    refused("{\"levels\": [{%s}]}".formatted(fields), why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"name\": \"r\" | rules[0].level: missing (expected: a text)",
        "\"name\": \"r\", \"level\": \"b\" | rules[0].level: b (expected: a level of the plan)",
        "\"name\": \"catch-all\", \"level\": \"a\" | rules[0].name: catch-all (expected: another name: this one is the server's own)",
        "\"name\": \"r\", \"level\": \"a\", \"verbs\": [] | rules[0].verbs: no such field (expected: one of flowBy, level, methods, name, organizations, prefixes, users)",
        "\"name\": \"r\", \"level\": \"a\", \"methods\": [\"Get\"] | rules[0].methods: Get (expected: Range, RangeStream, Put, DeleteRange, Txn, Compact, Watch, LeaseGrant, LeaseRevoke, LeaseTimeToLive, LeaseLeases)",
        "\"name\": \"r\", \"level\": \"a\", \"methods\": [\"LeaseKeepAlive\"] | rules[0].methods: LeaseKeepAlive (expected: Range",
        "\"name\": \"r\", \"level\": \"a\", \"users\": [\"u\", \"u\"] | rules[0].users[1]: u (expected: each value once)",
        "\"name\": \"r\", \"level\": \"a\", \"prefixes\": [\"\"] | rules[0].prefixes[0]:  (expected: 1 to 1024 bytes, or no prefixes)",
        "\"name\": \"r\", \"level\": \"a\", \"flowBy\": [\"key\"] | rules[0].flowBy: key (expected: user, address, prefix)",
        "\"name\": \"r\", \"level\": \"a\", \"flowBy\": [\"prefix\"] | rules[0].flowBy: prefix (expected: with prefixes)",
        "\"name\": \"r\", \"level\": \"a\", \"methods\": [\"Compact\"], \"prefixes\": [\"/a\"] | rules[0].prefixes: /a (expected: none: its methods name no keys)",
        "\"name\": \"r\", \"level\": \"a\"}, {\"name\": \"s\", \"level\": \"a\" | rules[0]: r (expected: behind all others: it matches every request, and they none)",
        "\"name\": \"r\", \"level\": \"a\", \"users\": [\"u\"]}, {\"name\": \"r\", \"level\": \"a\" | rules[1].name: r (expected: a name that none before has)",
      })
  void aBadRuleIsRefused(String fields, String why) {
    refused(
        "{\"levels\": [{\"name\": \"a\", \"seats\": 1}], \"rules\": [{%s}]}".formatted(fields),
        why);
  }

  @Test
  void whatIsNoJsonIsRefusedWithItsPlace() {
    refused("{\n  \"levels\": oops\n}", "line 2, column ");
    refused("{\"levels\": [], \"levels\": []}", "Duplicate");
    refused("", "plan: no object");
  }

  @Test
  void aPlanThatIsTooLargeIsRefused() {
    assertThatThrownBy(() -> PlanReader.read(new byte[PlanReader.BYTES_MAX + 1]))
        .hasMessage("plan: 1048577 bytes (expected: at most 1048576)");
    StringBuilder rules = new StringBuilder();
    for (int i = 0; i <= QueuingPlan.RULES_MAX; i++) {
      rules.append("{\"name\": \"r%d\", \"level\": \"exempt\", \"users\": [\"u\"]},".formatted(i));
    }
    refused("{\"rules\": [%s]}".formatted(rules), "rules: 1001 (expected: at most 1000)");
  }

  @Test
  void aLongValueIsShownShortened() {
    refused(
        "{\"waitSeconds\": \"%s\"}".formatted("x".repeat(500)),
        "waitSeconds: %s... (expected: 1 to 3600)".formatted("x".repeat(80)));
  }

  private static void refused(String text, String why) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
