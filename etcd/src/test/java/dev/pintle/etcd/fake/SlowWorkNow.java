package dev.pintle.etcd.fake;

import dev.pintle.etcd.work.SlowWork;
import dev.pintle.wire.GrpcRequest;
import java.util.ArrayList;
import java.util.List;

/// Slow work that is done at once, by whoever asks for it; remembers whose was long.
public final class SlowWorkNow implements SlowWork {
  private final List<Object> longFor = new ArrayList<>();

  public List<Object> longFor() {
    return longFor;
  }

  @Override
  public void execute(Runnable work) {
    work.run();
  }

  @Override
  public boolean tryExecuteLong(GrpcRequest call, Runnable work) {
    longFor.add(call.client());
    work.run();
    return true;
  }
}
