package dev.pintle.etcd.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.etcd.fake.FakeMember;
import dev.pintle.etcd.fake.FakeStream;
import dev.pintle.etcd.fake.SlowWorkNow;
import dev.pintle.etcd.proto.SnapshotResponse;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.state.StoredLease;
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

    @Override
    public void authIsEnabled() {
      throw new AssertionError("auth was not enabled");
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
        List.of(new StoredLease(1, 60, 0), new StoredLease(Long.MAX_VALUE, 9_000_000_000L, 0));
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
    assertThat(summary.leases()).isEqualTo(2);
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
