package dev.pintle.kube.verb;

import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.status.Refusal;
import dev.pintle.kube.status.Refusals;

/// Goes on with a request on a thread that may wait.
public final class Later {
  private static final System.Logger LOG = System.getLogger(Later.class.getName());

  private Later() {}

  /// Runs `step`; what it refuses is answered.
  public static void run(Services services, Reply reply, Runnable step) {
    services.workers().execute(() -> guarded(reply, step));
  }

  /// Runs `step` here; what it refuses, or fails at, is answered.
  public static void guarded(Reply reply, Runnable step) {
    try {
      step.run();
    } catch (Refusal refused) {
      reply.status(refused.status());
    } catch (dev.pintle.kube.store.ColdRead again) {
      throw again;
    } catch (RuntimeException | StackOverflowError bug) {
      LOG.log(System.Logger.Level.ERROR, "a request failed by our fault", bug);
      reply.status(Refusals.internal(String.valueOf(bug.getMessage())).status());
    }
  }
}
