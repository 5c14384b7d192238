package dev.pintle.etcd.snapshot;

import dev.pintle.etcd.kv.KvLimits;
import dev.pintle.etcd.work.SlowWork;
import dev.pintle.member.Member;
import dev.pintle.wire.GrpcService.Method;
import dev.pintle.wire.GrpcService.Streaming;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The method `Snapshot` of the service `etcdserverpb.Maintenance`.
public final class SnapshotService {
  /// Where a member of etcd has its peers unless it is told; this one has none.
  private static final List<String> PEER_URLS = List.of("http://localhost:2380");

  private final SnapshotCall.Source source;
  private final SlowWork slowWork;
  private final SnapshotPace pace;

  /// @param name what the member calls itself
  /// @param clientUrls where clients reach it
  public SnapshotService(
      Member member,
      String name,
      Supplier<List<String>> clientUrls,
      KvLimits limits,
      SlowWork slowWork) {
    Supplier<SnapshotOrigin> origin =
        () ->
            new SnapshotOrigin(
                member.status().memberId(),
                name,
                PEER_URLS,
                clientUrls.get(),
                member.isOutOfSpace());
    this.source = new SnapshotCall.Source(member::stored, origin);
    this.slowWork = slowWork;
    this.pace = new SnapshotPace(limits.snapshotBytesPerSecond(), System::nanoTime);
  }

  public Map<String, Method> methods() {
    Streaming snapshot = stream -> new SnapshotCall(stream, source, slowWork, pace);
    return Map.of("/etcdserverpb.Maintenance/Snapshot", snapshot);
  }
}
