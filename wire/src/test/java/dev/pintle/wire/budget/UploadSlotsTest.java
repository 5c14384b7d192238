package dev.pintle.wire.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.wire.budget.UploadSlots.Slot;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UploadSlotsTest {
  private final UploadSlots slots = new UploadSlots(2);
  private final List<String> granted = new ArrayList<>();

  private Slot ask(String name) {
    return slots.ask(() -> granted.add(name));
  }

  @Test
  void whoComesWhenAllAreHeldWaitsInItsOrder() {
    Slot a = ask("a");
    Slot b = ask("b");
    Slot c = ask("c");
    Slot d = ask("d");
    assertThat(List.of(a, b)).allMatch(Slot::isHeld);
    assertThat(List.of(c, d)).noneMatch(Slot::isHeld);
    b.close();
    assertThat(granted).containsExactly("c");
    assertThat(c.isHeld()).isTrue();
    a.close();
    assertThat(granted).containsExactly("c", "d");
    assertThat(slots.waitingCount()).isZero();
  }

  @Test
  void whoNoLongerWaitsIsPassedOver() {
    Slot a = ask("a");
    ask("b");
    Slot c = ask("c");
    ask("d");
    c.close();
    a.close();
    assertThat(granted).containsExactly("d");
  }

  @Test
  void aSlotIsGivenBackOnce() {
    Slot a = ask("a");
    ask("b");
    a.close();
    a.close();
    assertThat(ask("c").isHeld()).isTrue();
    assertThat(ask("d").isHeld()).isFalse();
  }

  @Test
  void whoComesFirstTakesNoneFromTheOthers() {
    ask("a");
    ask("b");
    Slot first = slots.beside();
    assertThat(first.isHeld()).isTrue();
    ask("c");
    first.close();
    assertThat(granted).isEmpty();
  }
}
