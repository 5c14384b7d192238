package dev.pintle.etcd.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.etcd.fake.FakeMember;
import dev.pintle.etcd.fake.FakeStream;
import dev.pintle.etcd.fake.SlowWorkNow;
import dev.pintle.etcd.proto.SnapshotResponse;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.auth.AuthImage;
import dev.pintle.kernel.auth.AuthRole;
import dev.pintle.kernel.auth.AuthUser;
import dev.pintle.kernel.auth.KeyPermission;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.state.StoreAlarm;
import dev.pintle.kernel.state.StoredLease;
import dev.pintle.kernel.state.StoredState;
import dev.pintle.kernel.state.StoredStateWriter;
import dev.pintle.kernel.state.StoredWrite;
import dev.pintle.wire.GrpcStatus;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotCallTest {
  private static final SnapshotOrigin ORIGIN =
      new SnapshotOrigin(-2, "a \"name\"", List.of("http://a:1"), List.of("http://b:2"), false);

  @TempDir Path folder;

  private final FakeMember member = new FakeMember();
  private final FakeStream stream = new FakeStream();

  private List<SnapshotResponse> ask() {
    SnapshotCall call =
        new SnapshotCall(
            stream,
            new SnapshotCall.Source(member::stored, () -> ORIGIN),
            new SlowWorkNow(),
            SnapshotPace.UNLIMITED);
    call.message(Unpooled.EMPTY_BUFFER);
    assertThat(stream.closedWith()).isEqualTo(GrpcStatus.OK);
    return stream.takeSent(SnapshotResponse.parser());
  }

  private Path saved() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (SnapshotResponse response : ask()) {
      response.getBlob().writeTo(all);
    }
    return Files.write(folder.resolve("saved"), all.toByteArray());
  }

  /// The memory of what a file held.
  private static final class Taken implements SnapshotTaker {
    final List<StoredWrite> writes = new ArrayList<>();
    final List<StoredLease> leases = new ArrayList<>();
    final List<StoreAlarm> alarms = new ArrayList<>();
    final List<AuthImage> auths = new ArrayList<>();

    @Override
    public void auth(AuthImage auth) {
      assertThat(writes).isEmpty();
      auths.add(auth);
    }

    @Override
    public void alarm(StoreAlarm alarm) {
      alarms.add(alarm);
    }

    @Override
    public void write(StoredWrite write) {
      writes.add(write);
    }

    @Override
    public void lease(StoredLease lease) {
      leases.add(lease);
    }
  }

  @Test
  void whatIsStoredIsInTheFile() throws IOException {
    long seed = 22;
    SplittableRandom random = new SplittableRandom(seed);
    List<StoredWrite> writes = new ArrayList<>();
    for (int main = 2; main < 3000; main++) {
      for (int sub = 0; sub < 1 + random.nextInt(3); sub++) {
        writes.add(write(random, main, sub));
      }
    }
    List<StoredLease> leases =
        List.of(
            new StoredLease(1, 60, 0),
            new StoredLease(2, 60, 17),
            new StoredLease(Long.MAX_VALUE, 9_000_000_000L, 0));
    StoredStateWriter writer = new StoredStateWriter(member.store);
    writes.forEach(writer::add);
    leases.forEach(writer::add);
    writer.finish(3000, 17);
    Taken taken = new Taken();
    SnapshotSummary summary = SnapshotFile.checked(saved()).read(taken);
    assertThat(taken.writes).as("seed %d", seed).isEqualTo(writes);
    assertThat(taken.leases).isEqualTo(leases);
    assertThat(summary.compacted()).isEqualTo(17);
    assertThat(summary.version()).isEqualTo("3.7.0");
    assertThat(summary.leases()).isEqualTo(3);
    assertThat(taken.auths).as("nobody ever made a user").isEmpty();
    assertThat(summary.alarms()).isZero();
  }

  private Taken again(Taken taken) throws IOException {
    FakeMember other = new FakeMember();
    StoredStateWriter writer = new StoredStateWriter(other.store);
    taken.auths.forEach(writer::add);
    taken.alarms.forEach(writer::add);
    writer.finish(1, 0);
    try (StoredState state = other.stored()) {
      Taken read = new Taken();
      read.auths.add(state.auth());
      read.alarms.addAll(state.notes().alarms());
      return read;
    }
  }

  private static Bytes text(String text) {
    return Bytes.utf8(text);
  }

  private static AuthImage users(boolean enabled) {
    KeyPermission[] permissions = {
      new KeyPermission(KeyPermission.READ, text("a"), Bytes.EMPTY),
      new KeyPermission(KeyPermission.READ_WRITE, text("a"), text("b")),
      new KeyPermission(KeyPermission.WRITE, text("c"), Bytes.wrap(new byte[1])),
      new KeyPermission(7, text("d"), Bytes.EMPTY)
    };
    Bytes hash = text("$2a$04$abcdefghijklmnopqrstuv");
    List<AuthUser> users =
        List.of(
            new AuthUser(text("root"), hash, false, List.of(text("root")), 3),
            new AuthUser(text("u"), hash, false, List.of(text("r"), text("s")), 5),
            new AuthUser(text("by certificate"), Bytes.EMPTY, true, List.of(), 2),
            new AuthUser(text("without"), Bytes.EMPTY, false, List.of(text("r")), 2));
    List<AuthRole> roles =
        List.of(new AuthRole(text("r"), List.of(permissions)), new AuthRole(text("s"), List.of()));
    return AuthImage.of(enabled, 9, enabled ? 0 : 9, users, roles);
  }

  private static void requireSame(AuthImage taken, AuthImage expected) {
    assertThat(taken.isEnabled()).isEqualTo(expected.isEnabled());
    assertThat(taken.revision()).isEqualTo(expected.revision());
    assertThat(taken.users())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("credentialRevision")
        .isEqualTo(expected.users());
    assertThat(taken.users()).allMatch(user -> user.credentialRevision() == taken.revision());
    assertThat(taken.roles().stream().map(AuthRole::name).toList())
        .isEqualTo(expected.roles().stream().map(AuthRole::name).toList());
    assertThat(taken.roles().stream().map(AuthRole::permissions).toList())
        .isEqualTo(expected.roles().stream().map(AuthRole::permissions).toList());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void usersRolesAndPermissionsGoOutAndComeIn(boolean enabled) throws IOException {
    StoredStateWriter writer = new StoredStateWriter(member.store);
    writer.add(users(enabled));
    writer.finish(1, 0);
    Taken taken = new Taken();
    SnapshotFile.checked(saved()).read(taken);
    assertThat(taken.auths).hasSize(1);
    requireSame(taken.auths.getFirst(), users(enabled));
    requireSame(again(taken).auths.getFirst(), users(enabled));
  }

  @Test
  void alarmsGoOutAndComeInAndStayUntilTheyAreDisarmed() throws IOException {
    StoredStateWriter writer = new StoredStateWriter(member.store);
    writer.add(new StoreAlarm(-2, StoreAlarm.NO_SPACE, true));
    writer.add(new StoreAlarm(300, StoreAlarm.CORRUPT, false));
    writer.add(new StoreAlarm(0, 9, false));
    writer.finish(1, 0);
    Taken taken = new Taken();
    SnapshotSummary summary = SnapshotFile.checked(saved()).read(taken);
    assertThat(summary.alarms()).isEqualTo(3);
    StoreAlarm[] expected = {
      new StoreAlarm(-2, StoreAlarm.NO_SPACE, false),
      new StoreAlarm(300, StoreAlarm.CORRUPT, false),
      new StoreAlarm(0, 9, false)
    };
    assertThat(taken.alarms).containsExactlyInAnyOrder(expected);
    assertThat(again(taken).alarms).containsExactlyInAnyOrder(expected);
  }

  private static StoredWrite write(SplittableRandom random, int main, int sub) {
    Bytes key = Bytes.utf8("key " + random.nextInt(500));
    if (random.nextInt(4) == 0) {
      return new StoredWrite(sub, new KeyValue(key, 0, main, 0, 0, Bytes.EMPTY), true);
    }
    byte[] value = new byte[random.nextInt(50) == 0 ? 20_000 : random.nextInt(300)];
    random.nextBytes(value);
    long lease = random.nextInt(3);
    return new StoredWrite(
        sub, new KeyValue(key, 1 + random.nextInt(main), main, 7, lease, Bytes.wrap(value)), false);
  }

  @Test
  void anEmptyStoreIsAtItsFirstRevision() throws IOException {
    SnapshotSummary summary = SnapshotFile.checked(saved()).read(new Taken());
    assertThat(summary.revision()).isEqualTo(1);
    assertThat(summary.compacted()).isZero();
  }

  @Test
  void eachBlobSaysWhatRemainsAndTheLastIsTheHash() {
    StoredStateWriter writer = new StoredStateWriter(member.store);
    for (int main = 2; main < 200; main++) {
      writer.add(
          new StoredWrite(
              0,
              new KeyValue(Bytes.utf8("a"), 2, main, main, 0, Bytes.wrap(new byte[900])),
              false));
    }
    writer.finish(199, 0);
    List<SnapshotResponse> blobs = ask();
    long total = 0;
    for (SnapshotResponse blob : blobs.subList(0, blobs.size() - 1)) {
      total += blob.getBlob().size();
    }
    long left = total;
    for (SnapshotResponse blob : blobs.subList(0, blobs.size() - 1)) {
      left -= blob.getBlob().size();
      assertThat(blob.getRemainingBytes()).isEqualTo(left);
      assertThat(blob.getBlob().size()).isEqualTo(left == 0 ? (int) lastOf(total) : 32 << 10);
      assertThat(blob.getVersion()).isEqualTo("3.7.0");
    }
    assertThat(blobs.getLast().getBlob().size()).isEqualTo(32);
    assertThat(blobs.getLast().getRemainingBytes()).isZero();
  }

  private static long lastOf(long total) {
    long over = total % (32 << 10);
    return over == 0 ? 32 << 10 : over;
  }

  @Test
  void aFileThatDoesNotMatchItsHashIsRefused() throws IOException {
    Path file = saved();
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> SnapshotFile.checked(file))
        .isInstanceOf(UnreadableSnapshot.class)
        .hasMessageContaining("damaged: its SHA-256");
  }

  @Test
  void thePaceIsThatOfAllTogether() {
    long[] now = {5};
    SnapshotPace pace = new SnapshotPace(1000, () -> now[0]);
    assertThat(pace.pause(500)).isEqualTo(500_000_000);
    assertThat(pace.pause(500)).isEqualTo(1_000_000_000);
    now[0] += 10_000_000_000L;
    assertThat(pace.pause(100)).isEqualTo(100_000_000);
    assertThat(SnapshotPace.UNLIMITED.pause(1 << 30)).isZero();
  }
}
