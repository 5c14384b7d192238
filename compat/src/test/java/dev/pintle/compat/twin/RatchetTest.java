package dev.pintle.compat.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is known to differ may neither grow nor go unseen.
class RatchetTest {
  private static final Difference MESSAGE = new Difference(".message", "a", "b");
  private static final Difference STATUS = new Difference("status", "200", "201");
  private static final Difference WARNED =
      new Difference(
          "header warning: 299 - \"ResourceQuota has no effect: nobody looks\"",
          Difference.ABSENT,
          "sent");

  private static TwinRequest request(String title, String known) {
    return new TwinRequest(
        "f:1",
        title,
        "GET",
        "/a",
        List.of(),
        "",
        known.isEmpty() ? Optional.empty() : Optional.of(KnownDifference.parse(known)));
  }

  private static List<String> judge(
      TwinRequest request, List<Difference> differences, String... open) {
    return new OpenDifferences(Set.of(open)).judge(List.of(request), Map.of(request, differences));
  }

  @Test
  void whatNobodyKnowsToDifferFails() {
    assertThat(judge(request("", ""), List.of(MESSAGE)))
        .singleElement()
        .asString()
        .contains("GET /a", ".message");
    assertThat(judge(request("", ""), List.of())).isEmpty();
  }

  @Test
  void whatIsOpenFailsOnceItIsAlike() {
    assertThat(judge(request("t", ""), List.of(MESSAGE), "GET /a (t)")).isEmpty();
    assertThat(judge(request("t", ""), List.of(), "GET /a (t)"))
        .singleElement()
        .asString()
        .contains("expected: its line in open-differences.txt taken away");
  }

  @Test
  void aLineThatNamesNoRequestOrSeveralFails() {
    assertThat(judge(request("", ""), List.of(), "GET /gone"))
        .singleElement()
        .asString()
        .contains("names 0 requests");
    TwinRequest one = request("t", "");
    TwinRequest other = new TwinRequest("f:2", "t", "GET", "/a", List.of(), "", Optional.empty());
    assertThat(
            new OpenDifferences(Set.of("GET /a (t)"))
                .judge(List.of(one, other), Map.of(one, List.of(MESSAGE), other, List.of(MESSAGE))))
        .singleElement()
        .asString()
        .contains("names 2 requests");
  }

  @Test
  void whatIsMeantToDifferFailsOnceItIsAlike() {
    assertThat(judge(request("", " of old"), List.of(MESSAGE, STATUS))).isEmpty();
    assertThat(judge(request("", " of old"), List.of())).hasSize(1);
    assertThat(judge(request("", ".message,status of old"), List.of(MESSAGE)))
        .singleElement()
        .asString()
        .contains("status: no difference any more");
  }

  @Test
  void allButTheFactsThatAreNamedMustBeAlike() {
    assertThat(judge(request("", ".message of old"), List.of(MESSAGE))).isEmpty();
    assertThat(judge(request("", ".message of old"), List.of(MESSAGE, STATUS)))
        .singleElement()
        .asString()
        .contains("status");
    assertThat(
            judge(
                request("", ".message of old"),
                List.of(MESSAGE, new Difference(".messages", "a", "b"))))
        .hasSize(1);
  }

  @Test
  void aWarningOfOursIsOneThatOnlyPintleSends() {
    assertThat(judge(request("", "warning of old"), List.of(WARNED))).isEmpty();
    assertThat(judge(request("", "warning of old"), List.of(WARNED, MESSAGE))).hasSize(1);
    Difference theirs = new Difference(WARNED.fact(), "sent", Difference.ABSENT);
    assertThat(judge(request("", "warning of old"), List.of(theirs)))
        .singleElement()
        .asString()
        .contains("header warning", "no difference any more");
  }

  @Test
  void aWarningOfTheirsIsOneThatOnlyTheRealServerSends() {
    Difference theirs = new Difference(WARNED.fact(), "sent", Difference.ABSENT);
    assertThat(judge(request("", "their-warning of old"), List.of(theirs))).isEmpty();
    assertThat(judge(request("", "their-warning of old"), List.of(WARNED)))
        .singleElement()
        .asString()
        .contains("no difference any more");
  }

  @Test
  void whatDiffersByChanceMayBeAlike() {
    assertThat(judge(request("", ".message? by chance"), List.of())).isEmpty();
    assertThat(judge(request("", ".message? by chance"), List.of(MESSAGE))).isEmpty();
    assertThat(judge(request("", ".message? by chance"), List.of(STATUS))).hasSize(1);
  }

  @Test
  void aMarkWithoutAReasonIsRefused() {
    assertThatThrownBy(() -> KnownDifference.parse(".message"))
        .hasMessageContaining("expected: ~FACTS REASON");
    assertThatThrownBy(() -> KnownDifference.parse(".message "))
        .hasMessageContaining("expected: ~FACTS REASON");
  }
}
