package dev.pintle.kube.encode;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WholeListsTest {
  /// A list takes eight times what is stored.
  private final WholeLists lists = new WholeLists(800);

  @Test
  void aListAsLargeAsTheRoomIsTakenAndOneByteMoreIsNot() {
    try (WholeLists.Share share = lists.share()) {
      assertThatCode(() -> share.take(100)).doesNotThrowAnyException();
      assertThatThrownBy(() -> share.take(1)).hasMessageContaining("ask for pages with limit");
    }
  }

  @Test
  void whoFindsTheRoomTakenByOthersIsToldToComeAgain() {
    try (WholeLists.Share first = lists.share();
        WholeLists.Share second = lists.share()) {
      first.take(60);
      assertThatThrownBy(() -> second.take(60)).hasMessageContaining("try again later");
    }
  }

  @Test
  void whatWasRefusedGivesItsRoomBackToo() {
    try (WholeLists.Share refused = lists.share()) {
      assertThatThrownBy(() -> refused.take(101)).isInstanceOf(RuntimeException.class);
    }
    try (WholeLists.Share next = lists.share()) {
      assertThatCode(() -> next.take(100)).doesNotThrowAnyException();
    }
  }

  @Test
  void whatIsClosedTwiceGivesItsRoomBackOnce() {
    WholeLists.Share twice = lists.share();
    twice.take(50);
    twice.close();
    twice.close();
    try (WholeLists.Share next = lists.share()) {
      assertThatThrownBy(() -> next.take(101)).isInstanceOf(RuntimeException.class);
    }
  }
}
