package dev.pintle.wire.http2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class InboundWindowTest {
  private final InboundWindow window = new InboundWindow(1, 1_000);

  @Test
  void whatWasConsumedIsGivenBackOnceItIsHalfAWindow() {
    assertThat(window.receive(700)).isTrue();
    assertThat(window.takeDue()).isZero();
    window.consume(499);
    assertThat(window.takeDue()).isZero();
    window.consume(1);
    assertThat(window.takeDue()).isEqualTo(500);
    assertThat(window.leftBytes()).isEqualTo(800);
    assertThat(window.unconsumedBytes()).isEqualTo(200);
  }

  @Test
  void moreThanTheWindowHasRoomForIsNotTaken() {
    assertThat(window.receive(1_000)).isTrue();
    assertThat(window.receive(1)).isFalse();
  }

  @Test
  void nothingIsGivenBackOfAStreamThatHasEnded() {
    window.receive(900);
    window.end();
    window.consume(900);
    assertThat(window.takeDue()).isZero();
  }

  @Test
  void whatWasOnItsWayWhenTheWindowGrewSmallerIsTaken() {
    window.resize(-600);
    assertThat(window.wholeBytes()).isEqualTo(400);
    assertThat(window.receive(1_000)).isTrue();
    assertThat(window.leftBytes()).isEqualTo(-600);
    assertThat(window.receive(1)).isFalse();
  }

  @Test
  void aWiderWindowIsToldOfWhenItIsMoreThanTwiceAsWide() {
    window.widen(500);
    assertThat(window.takeDue()).isZero();
    window.widen(500);
    assertThat(window.takeDue()).isEqualTo(1_000);
    assertThat(window.leftBytes()).isEqualTo(2_000);
  }
}
