package dev.pintle.etcd.fake;

import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.state.StoredState;
import dev.pintle.member.LeaseKeeper;
import dev.pintle.member.Member;
import dev.pintle.member.MemberMetrics;
import dev.pintle.member.MemberStatus;
import dev.pintle.member.StoreView;
import dev.pintle.member.WatchHub;
import dev.pintle.storage.memory.MemoryKv;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// A member that remembers the last command and answers what the test set.
public final class FakeMember implements Member {
  public final FakeHub hub = new FakeHub();
  public final FakeView view = new FakeView();
  public final MemoryKv store = new MemoryKv();
  public Outcome outcome = new Outcome.Compacted(1);
  public boolean outOfSpace;
  public @Nullable LeaseKeeper leases;
  public @Nullable Command submitted;

  @Override
  public void submit(Command command, Consumer<? super Outcome> done) {
    submitted = command;
    done.accept(outcome);
  }

  @Override
  public void submit(Command command, LongPredicate room, Consumer<? super Outcome> done) {
    submit(command, done);
  }

  @Override
  public Outcome execute(Command command) {
    submitted = command;
    return outcome;
  }

  @Override
  public StoreView view() {
    return view;
  }

  @Override
  public StoredState stored() {
    return StoredState.begin(store);
  }

  @Override
  public WatchHub watches() {
    return hub;
  }

  @Override
  public LeaseKeeper leases() {
    if (leases == null) {
      throw new UnsupportedOperationException("leases");
    }
    return leases;
  }

  @Override
  public MemberStatus status() {
    return new MemberStatus(11, 22, 1, 33, 0, 44, 40, 50);
  }

  @Override
  public MemberMetrics figures() {
    return new MemberMetrics();
  }

  @Override
  public Optional<String> stopReason() {
    return Optional.empty();
  }

  @Override
  public boolean isOutOfSpace() {
    return outOfSpace;
  }

  @Override
  public void close() {}
}
