package dev.pintle.kube.verb;

import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.status.Status;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import java.util.function.Consumer;

/// Goes on with a request on a thread that may wait.
public final class Later {
  private static final System.Logger LOG = System.getLogger(Later.class.getName());

  private Later() {}

  /// Runs `step`; what it refuses is answered.
  public static void run(VerbContext services, Reply reply, Runnable step) {
    run(services, reply::status, step);
  }

  static void run(VerbContext services, Consumer<? super Status> answer, Runnable step) {
    services.workers().execute(() -> guarded(answer, step));
  }

  /// Runs `step` here; what it refuses, or fails at, is answered.
  public static void guarded(Reply reply, Runnable step) {
    guarded(reply::status, step);
  }

  static void guarded(Consumer<? super Status> answer, Runnable step) {
    try {
      step.run();
    } catch (StatusError refused) {
      answer.accept(refused.status());
    } catch (RuntimeException | StackOverflowError bug) {
      LOG.log(System.Logger.Level.ERROR, "a request failed by our fault", bug);
      answer.accept(StatusErrors.internal(String.valueOf(bug.getMessage())).status());
    }
  }
}
