package dev.pintle.kube.admission.policy;

import dev.pintle.kube.cel.Effort;
import dev.pintle.kube.cel.TooMuchEffort;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The program of one revision of a policy, made by the first request that needs it and shared by all.
final class CompiledPolicy<P> {
  /// Policies of this size are compiled in some milliseconds.
  private static final int QUICK_BYTES_MAX = 16 * 1024;

  private final JsonObject spec;
  private final Function<JsonObject, P> compiler;
  private final boolean large;
  private final ReentrantLock compiling = new ReentrantLock();
  private volatile @Nullable P program;

  CompiledPolicy(JsonObject spec, Function<JsonObject, P> compiler) {
    this.spec = spec;
    this.compiler = compiler;
    this.large = JsonWriter.bytes(spec).length > QUICK_BYTES_MAX;
  }

  /// @throws TooMuchEffort when it has to be made, and that is more than a quick effort
  P get(Effort effort) {
    P made = program;
    if (made == null && large && effort == Effort.QUICK) {
      throw new TooMuchEffort();
    }
    return made == null ? make() : made;
  }

  private P make() {
    compiling.lock();
    try {
      P made = program;
      if (made == null) {
        made = compiler.apply(spec);
        program = made;
      }
      return made;
    } finally {
      compiling.unlock();
    }
  }
}
