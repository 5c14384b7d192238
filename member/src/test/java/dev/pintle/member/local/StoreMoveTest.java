package dev.pintle.member.local;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kernel.codec.Seal;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import dev.pintle.member.clock.Clock;
import dev.pintle.storage.sealed.EpochSeal;
import dev.pintle.storage.sealed.SealedKv;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The backends of a member's folder: what it remembers, the way to another, and encryption.
class StoreMoveTest {
  private static final String SECRET = "nobody-reads-this";
  private static final int KEYS = 200;

  @TempDir private Path home;
  private final List<String> told = new ArrayList<>();

  private Path folder() {
    return home.resolve("member");
  }

  private StoreMove move() {
    return new StoreMove(folder(), Settings.DEFAULT, told::add);
  }

  private LocalMember open(StoreSource source) throws IOException {
    return LocalMember.open(folder(), source, Settings.DEFAULT, Clock.SYSTEM);
  }

  @Test
  void aFolderRemembersItsBackendAndAnotherIsRefusedByName() throws IOException {
    write(new ChosenStore("sqlite", null), "1");
    assertThatThrownBy(() -> open(new ChosenStore("rocksdb", null)))
        .isInstanceOf(WrongBackend.class)
        .hasMessageContaining("was made with the backend sqlite, not with rocksdb");
    requireWritten(new ChosenStore(null, null), "1");
    requireWritten(new ChosenStore("sqlite", null), "1");
  }

  @Test
  void aFolderWithoutTheFileIsOneOfRocksDb() throws IOException {
    write(new ChosenStore(null, null), "1");
    Files.delete(folder().resolve(StoreMark.NAME));
    assertThatThrownBy(() -> open(new ChosenStore("sqlite", null)))
        .isInstanceOf(WrongBackend.class);
    requireWritten(new ChosenStore("rocksdb", null), "1");
  }

  @Test
  void aNewFolderGoesOnWithAStoreThatIsKeptElsewhere() throws IOException {
    Path elsewhere = home.resolve("elsewhere");
    for (int life = 0; life < 3; life++) {
      Path member = home.resolve("life " + life);
      StoreSource source =
          StoreSource.of(store -> new ChosenStore(null, null).open("sqlite", elsewhere));
      try (LocalMember opened = LocalMember.open(member, source, Settings.DEFAULT, Clock.SYSTEM)) {
        assertThat(opened.status().appliedIndex()).isEqualTo(life);
        opened.execute(LocalMemberTest.put("key " + life, "1"));
        assertThat(LocalMemberTest.value(opened, "key 0")).isEqualTo("1");
      }
      try (LocalMember again = LocalMember.open(member, source, Settings.DEFAULT, Clock.SYSTEM)) {
        assertThat(again.status().appliedIndex()).isEqualTo(life + 1);
      }
    }
  }

  @Test
  void aMoveKeepsEverything() throws IOException {
    write(new ChosenStore("rocksdb", null), "1");
    StoreContents moved =
        move().run(new ChosenStore("rocksdb", null), new ChosenStore("sqlite", null));
    assertThat(moved.entries()).isGreaterThanOrEqualTo(KEYS);
    assertThat(move().verify(new ChosenStore("sqlite", null)).hash()).isEqualTo(moved.hash());
    requireWritten(new ChosenStore("sqlite", null), "1");
    write(new ChosenStore(null, null), "2");
    move().run(new ChosenStore("sqlite", null), new ChosenStore("rocksdb", null));
    requireWritten(new ChosenStore("rocksdb", null), "2");
    assertThat(folders()).hasSize(2);
    assertThat(told).anySatisfy(line -> assertThat(line).contains("switched"));
  }

  @Test
  void aMoveThatEndsBeforeTheSwitchLeavesTheOldStore() throws IOException {
    write(new ChosenStore("rocksdb", null), "1");
    StoreSource broken =
        new StoreSource() {
          private final StoreSource good = new ChosenStore("sqlite", null);

          @Override
          public Optional<String> wanted() {
            return good.wanted();
          }

          @Override
          public boolean seals() {
            return false;
          }

          @Override
          public Seal seal(Path member) throws IOException {
            return good.seal(member);
          }

          @Override
          public OrderedKv open(String backend, Path store) {
            OrderedKv opened = good.open(backend, store);
            if (opened.reader().get(Bucket.REVISIONS, new byte[0]) == null && told.add("opened")) {
              try (OrderedKv.Batch batch = opened.beginBatch()) {
                batch.put(Bucket.LEASES, new byte[] {7}, new byte[] {7});
                batch.commit();
              }
            }
            return opened;
          }
        };
    assertThatThrownBy(() -> move().run(new ChosenStore("rocksdb", null), broken))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nothing was switched");
    requireWritten(new ChosenStore("rocksdb", null), "1");
    move().run(new ChosenStore("rocksdb", null), new ChosenStore("sqlite", null));
    requireWritten(new ChosenStore("sqlite", null), "1");
    assertThat(folders()).hasSize(2);
  }

  @Test
  void anEncryptedFolderHoldsNothingInClearAndOpensOnlyWithItsKey() throws IOException {
    Path keys = keys("keys", 1);
    write(new ChosenStore("rocksdb", keys), SECRET);
    requireNothingInClear();
    requireWritten(new ChosenStore("rocksdb", keys), SECRET);
    assertThatThrownBy(() -> open(new ChosenStore("rocksdb", null)))
        .isInstanceOf(WrongBackend.class)
        .hasMessageContaining("is encrypted");
    assertThatThrownBy(() -> open(new ChosenStore("rocksdb", keys("other", 2))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nothing was changed");
    requireWritten(new ChosenStore("rocksdb", keys), SECRET);
  }

  @Test
  void aFolderInClearIsNotEncryptedByAccidentButByAMove() throws IOException {
    Path keys = keys("keys", 1);
    write(new ChosenStore("sqlite", null), SECRET);
    assertThatThrownBy(() -> open(new ChosenStore("sqlite", keys)))
        .isInstanceOf(WrongBackend.class)
        .hasMessageContaining("is not encrypted");
    move().run(new ChosenStore("sqlite", null), new ChosenStore("sqlite", keys));
    requireNothingInClear();
    requireWritten(new ChosenStore("sqlite", keys), SECRET);
    move().run(new ChosenStore("sqlite", keys), new ChosenStore("rocksdb", keys));
    requireNothingInClear();
    requireWritten(new ChosenStore("rocksdb", keys), SECRET);
    move().run(new ChosenStore("rocksdb", keys), new ChosenStore("rocksdb", null));
    requireWritten(new ChosenStore("rocksdb", null), SECRET);
  }

  @Test
  void afterARotationTheEarlierKeyIsNotNeeded() throws IOException {
    write(new ChosenStore("rocksdb", keys("keys", 1)), "1");
    ChosenStore rotating = new ChosenStore("rocksdb", keys("keys", 2, 1));
    try (LocalMember member = open(rotating)) {
      EpochSeal seal = requireNonNull(rotating.seal);
      SealedKv store = requireNonNull(rotating.sealed);
      assertThat(seal.hasStale()).isTrue();
      for (Bucket bucket : Bucket.values()) {
        byte @Nullable [] from = new byte[0];
        while (from != null) {
          from = store.sealAnew(bucket, from, 1000);
        }
      }
      assertThat(member.renewFiles()).isTrue();
      seal.forgetStale();
    }
    requireWritten(new ChosenStore("rocksdb", keys("keys", 2)), "1");
  }

  private Path keys(String name, int... numbers) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int number : numbers) {
      byte[] key = new byte[32];
      key[31] = (byte) number;
      lines.append(Base64.getEncoder().encodeToString(key)).append('\n');
    }
    return Files.writeString(home.resolve(name), lines);
  }

  private void write(StoreSource source, String value) throws IOException {
    try (LocalMember member = open(source)) {
      for (int i = 0; i < KEYS; i++) {
        member.execute(LocalMemberTest.put(SECRET + i, value));
      }
    }
  }

  private void requireWritten(StoreSource source, String value) throws IOException {
    try (LocalMember member = open(source)) {
      for (int i = 0; i < KEYS; i += 50) {
        assertThat(LocalMemberTest.value(member, SECRET + i)).isEqualTo(value);
      }
    }
  }

  private List<String> folders() throws IOException {
    try (Stream<Path> entries = Files.list(folder())) {
      return entries
          .filter(Files::isDirectory)
          .map(path -> path.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  private void requireNothingInClear() throws IOException {
    try (Stream<Path> files = Files.walk(folder())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(SECRET);
      }
    }
  }
}
