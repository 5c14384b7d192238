package dev.pintle.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.auth.AuthImage;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.command.Outcome.Refused;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.lease.LeaseImage;
import dev.pintle.kernel.state.WriteVisitor;
import dev.pintle.member.LeaseKeeper;
import dev.pintle.member.Member;
import dev.pintle.member.MemberMetrics;
import dev.pintle.member.MemberStatus;
import dev.pintle.member.StoreView;
import dev.pintle.member.WatchHub;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A member whose reads are counted, and none of whose visitors may read.
final class WatchedMember implements Member {
  private final Member member;
  private final Map<String, Long> reads = new ConcurrentHashMap<>();
  private final Map<String, Long> visited = new ConcurrentHashMap<>();
  private final AtomicLong byInformer = new AtomicLong();
  private final AtomicLong nested = new AtomicLong();
  private final ThreadLocal<Integer> visiting = ThreadLocal.withInitial(() -> 0);

  /// Told of every command before it is submitted.
  private volatile Consumer<Command> before = _ -> {};

  WatchedMember(Member member) {
    this.member = member;
  }

  /// Whether a command is a transaction that writes a key which begins so.
  static boolean isWriteOf(Command command, String prefix) {
    return command instanceof Command.Txn transaction
        && transaction.then().stream()
            .anyMatch(
                each -> each instanceof Command.Put put && put.key().utf8().startsWith(prefix));
  }

  /// Has `told` hear of every command before it is submitted.
  void before(Consumer<Command> told) {
    before = told;
  }

  /// How often ranges were read that begin so, by those who collect what they find.
  long reads(String prefix) {
    return sum(reads, prefix);
  }

  /// How many key-values were visited whose keys begin so.
  long visited(String prefix) {
    return sum(visited, prefix);
  }

  /// How many reads there were on the thread that tells controllers of changes.
  long readsByInformer() {
    return byInformer.get();
  }

  private void noted() {
    if (visiting.get() > 0) {
      nested.incrementAndGet();
    }
    if (Thread.currentThread().getName().startsWith("kube-informer")) {
      byInformer.incrementAndGet();
    }
  }

  private static long sum(Map<String, Long> counts, String prefix) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  @Override
  public StoreView view() {
    return new Watched(member.view());
  }

  @Override
  public void submit(Command command, Consumer<? super Outcome> done) {
    before.accept(command);
    member.submit(command, done);
  }

  @Override
  public void submit(Command command, LongPredicate room, Consumer<? super Outcome> done) {
    before.accept(command);
    member.submit(command, room, done);
  }

  @Override
  public Outcome execute(Command command) {
    before.accept(command);
    return member.execute(command);
  }

  @Override
  public WatchHub watches() {
    return member.watches();
  }

  @Override
  public LeaseKeeper leases() {
    return member.leases();
  }

  @Override
  public MemberStatus status() {
    return member.status();
  }

  @Override
  public MemberMetrics figures() {
    return member.figures();
  }

  @Override
  public Optional<String> stopReason() {
    return member.stopReason();
  }

  @Override
  public boolean isOutOfSpace() {
    return member.isOutOfSpace();
  }

  @Override
  public void close() {
    member.close();
    assertThat(nested).as("reads by visitors of scans").hasValue(0);
  }

  private final class Watched implements StoreView {
    private final StoreView view;

    Watched(StoreView view) {
      this.view = view;
    }

    private void reads(RangeRequest request) {
      noted();
      reads.merge(request.range().from().utf8(), 1L, Long::sum);
    }

    @Override
    public long revision() {
      return view.revision();
    }

    @Override
    public long compactedRevision() {
      return view.compactedRevision();
    }

    @Override
    public AuthImage auth() {
      return view.auth();
    }

    @Override
    public LeaseImage leases() {
      return view.leases();
    }

    @Override
    public ReadOutcome range(RangeRequest request, LongPredicate room) {
      reads(request);
      return view.range(request, room);
    }

    @Override
    public @Nullable ReadOutcome rangeInMemory(RangeRequest request, LongPredicate room) {
      return view.rangeInMemory(request, room);
    }

    @Override
    public ReadOutcome scan(RangeRequest request, Predicate<? super KeyValue> visitor) {
      noted();
      visiting.set(visiting.get() + 1);
      try {
        return view.scan(
            request,
            kv -> {
              visited.merge(kv.key().utf8(), 1L, Long::sum);
              return visitor.test(kv);
            });
      } finally {
        visiting.set(visiting.get() - 1);
      }
    }

    @Override
    public void changedKeys(KeyRange range, long revision, Consumer<? super Bytes> visitor) {
      view.changedKeys(range, revision, visitor);
    }

    @Override
    public Outcome txn(Command.Txn txn, LongPredicate room) {
      return view.txn(txn, room);
    }

    @Override
    public @Nullable Outcome txnInMemory(Command.Txn txn, LongPredicate room) {
      return view.txnInMemory(txn, room);
    }

    @Override
    public @Nullable Refused history(long revision, WriteVisitor visitor) {
      return view.history(revision, visitor);
    }
  }
}
