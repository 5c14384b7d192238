package dev.pintle.kube.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.SameVersionOnly;
import dev.pintle.member.local.LocalMember;
import dev.pintle.member.local.Settings;
import dev.pintle.storage.memory.MemoryKv;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodedChunksTest {
  private static final long ROOM = 800;
  private static final ResourceType MAPS =
      Objects.requireNonNull(
          TypeRegistry.ofBuiltIns().current().kind(GroupVersionKind.of("v1", "ConfigMap")));
  private static final Bytes START = Bytes.utf8("/maps/a");
  private static final Bytes MIDDLE = Bytes.utf8("/maps/m");
  private static final Bytes END = Bytes.utf8("/maps0");
  private static final byte[] BYTES = new byte[100];

  private final EncodedChunks chunks = new EncodedChunks(ROOM);
  private LocalMember member;

  @BeforeEach
  void open() throws IOException {
    member = LocalMember.inMemory(new MemoryKv(), Settings.DEFAULT);
    put("/maps/b");
    put("/maps/x");
  }

  @AfterEach
  void close() {
    member.close();
  }

  private void put(String key) {
    member.execute(Command.Put.of(Bytes.utf8(key), Bytes.utf8("{}")));
  }

  private void delete(String key) {
    member.execute(new Command.DeleteRange(KeyRange.point(Bytes.utf8(key)), false));
  }

  private ObjectView view() {
    return new ObjectView(member.view(), new ObjectReader(new SameVersionOnly()));
  }

  private static KeyRange rest(Bytes start) {
    return new KeyRange(start, END);
  }

  private void keep(Bytes start, boolean last) {
    chunks.put(MAPS, rest(start), new EncodedChunks.Chunk(BYTES, MIDDLE, last, view().revision()));
  }

  private boolean isKnown(Bytes start) {
    return chunks.find(MAPS, rest(start), view()) != null;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/maps/b", "/maps/a", "/maps/a\0", "/maps/lz"})
  void aWriteBetweenItsKeysEndsAChunk(String key) {
    keep(START, false);
    put(key);
    assertThat(isKnown(START)).isFalse();
  }

  @Test
  void aDeletionBetweenItsKeysEndsAChunk() {
    keep(START, false);
    assertThat(isKnown(START)).isTrue();
    delete("/maps/b");
    assertThat(isKnown(START)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/maps/m", "/maps/x", "/maps", "/maps0", "/other"})
  void aWriteElsewhereLeavesItAsItIs(String key) {
    keep(START, false);
    put(key);
    assertThat(isKnown(START)).isTrue();
    put(key);
    assertThat(isKnown(START)).isTrue();
  }

  @Test
  void theLastChunkReachesToTheEndOfTheCollection() {
    keep(START, true);
    put("/maps/zz");
    assertThat(isKnown(START)).isFalse();
  }

  @Test
  void anOlderViewIsNotShownWhatCameLater() {
    ObjectView older = view();
    put("/maps/b");
    keep(START, false);
    assertThat(chunks.find(MAPS, rest(START), older)).isNull();
    assertThat(isKnown(START)).isTrue();
  }

  @Test
  void whatHistoryHasForgottenIsNotTakenForUnchanged() {
    keep(START, false);
    delete("/maps/b");
    put("/other");
    member.execute(new Command.Compact(view().revision()));
    assertThat(isKnown(START)).isFalse();
  }

  private boolean isAtHand() {
    return chunks.atHand(MAPS, rest(START), view()) != null;
  }

  @Test
  void onlyWhatWasLookedAtThisVeryRevisionIsAtHand() {
    keep(START, false);
    assertThat(isAtHand()).isTrue();
    put("/other");
    assertThat(isAtHand()).isFalse();
    assertThat(isKnown(START)).isTrue();
    assertThat(isAtHand()).isTrue();
    put("/maps/b");
    assertThat(isKnown(START)).isFalse();
    assertThat(isAtHand()).isFalse();
  }

  @Test
  void anotherCollectionOrAnotherStartHasChunksOfItsOwn() {
    keep(START, false);
    assertThat(isKnown(MIDDLE)).isFalse();
    assertThat(chunks.find(MAPS, new KeyRange(START, MIDDLE), view())).isNull();
  }

  @Test
  void theRoomIsBoundedAndTheLeastWantedGoesFirst() {
    for (int i = 0; i < 8; i++) {
      keep(Bytes.utf8("/maps/c" + i), false);
    }
    assertThat(isKnown(Bytes.utf8("/maps/c0"))).isTrue();
    keep(Bytes.utf8("/maps/d"), false);
    assertThat(isKnown(Bytes.utf8("/maps/c0"))).isTrue();
    assertThat(isKnown(Bytes.utf8("/maps/c1"))).isFalse();
    assertThat(isKnown(Bytes.utf8("/maps/d"))).isTrue();
  }

  @Test
  void aChunkThatWouldTakeMuchOfTheRoomIsNotKept() {
    chunks.put(
        MAPS,
        rest(START),
        new EncodedChunks.Chunk(new byte[(int) ROOM / 8 + 1], MIDDLE, false, view().revision()));
    assertThat(isKnown(START)).isFalse();
  }
}
