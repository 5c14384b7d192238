package dev.pintle.kube.chain;

import dev.pintle.kube.store.ColdRead;
import java.util.concurrent.Executor;

/// Tries on the thread the request came on, which must not wait, and once more on one that may where a fact lies on the disk.
public final class Patience implements Stage {
  private final Executor workers;
  private final Stage next;

  public Patience(Executor workers, Stage next) {
    this.workers = workers;
    this.next = next;
  }

  @Override
  public void handle(Call call) {
    try {
      next.handle(call);
    } catch (ColdRead _) {
      workers.execute(() -> next.handle(call.waiting()));
    }
  }
}
