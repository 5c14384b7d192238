package dev.pintle.kube.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.status.Status;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdmissionNotesTest {
  private final AdmissionNotes notes = AdmissionNotes.unread();

  /// A record that wants what was sent, or does not.
  private record Wants(boolean takesSent) implements RequestRecord {
    @Override
    public boolean takesAnswer() {
      return false;
    }

    @Override
    public void actsAs(UserInfo other, String constraint) {}

    @Override
    public void names(JsonObject metadata) {}

    @Override
    public void sent(byte[] json) {}

    @Override
    public void status(Status status) {}

    @Override
    public void answer(byte[] json) {}

    @Override
    public boolean piece(byte[] json) {
      return false;
    }

    @Override
    public void started(int status) {}

    @Override
    public void failed(String message) {}
  }

  @Test
  void theFirstValueOfAKeyStays() {
    notes.annotate("a", "1");
    notes.annotate("a", "2");
    assertThat(notes.annotations()).containsExactly(Map.entry("a", "1"));
  }

  @Test
  void whatDoesNotFitIsLeftOut() {
    notes.annotate("a", "x".repeat(60_000));
    notes.annotate("b", "x".repeat(60_000));
    notes.annotate("c", "1");
    assertThat(notes.annotations()).containsOnlyKeys("a", "c");
  }

  @Test
  void whatShowsAnObjectIsNotedOnlyWhereTheRecordHasObjects() {
    notes.judged(new Wants(false));
    notes.annotateSent("patch", "[]");
    assertThat(notes.annotations()).isEmpty();
    notes.judged(new Wants(true));
    notes.annotateSent("patch", "[]");
    assertThat(notes.annotations()).containsOnlyKeys("patch");
  }
}
