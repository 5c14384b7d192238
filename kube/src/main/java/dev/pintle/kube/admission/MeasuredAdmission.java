package dev.pintle.kube.admission;

import dev.pintle.kube.admission.AdmissionMetrics.StepTimes;
import dev.pintle.kube.status.Cause;
import dev.pintle.kube.store.ObjectView;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An admission plugin of which it is counted how long its steps take.
public final class MeasuredAdmission implements Admission {
  private final Admission plugin;
  private final @Nullable StepTimes admit;
  private final @Nullable StepTimes validate;

  /// @param name of the plugin, as flags have it
  public MeasuredAdmission(String name, Admission plugin, AdmissionMetrics metrics) {
    this.plugin = plugin;
    boolean mutates = isItsOwn(plugin, "mutate") || isItsOwn(plugin, "mutate", Reinvocation.class);
    this.admit = mutates ? metrics.register(name, "admit") : null;
    this.validate = isItsOwn(plugin, "validate") ? metrics.register(name, "validate") : null;
  }

  /// A step that a plugin leaves as it is counts for nothing.
  private static boolean isItsOwn(Admission plugin, String step, Class<?>... more) {
    List<Class<?>> parameters =
        Stream.concat(Stream.of(AdmissionRequest.class, ObjectView.class), Stream.of(more))
            .toList();
    try {
      return plugin
              .getClass()
              .getMethod(step, parameters.toArray(Class<?>[]::new))
              .getDeclaringClass()
          != Admission.class;
    } catch (NoSuchMethodException e) {
      throw new AssertionError(step, e);
    }
  }

  @Override
  public void mutate(AdmissionRequest request, ObjectView view) {
    mutate(request, view, new Reinvocation());
  }

  @Override
  public void mutate(AdmissionRequest request, ObjectView view, Reinvocation passes) {
    if (admit == null) {
      return;
    }
    long started = System.nanoTime();
    boolean rejected = true;
    try {
      plugin.mutate(request, view, passes);
      rejected = false;
    } finally {
      admit.add(request.action(), rejected, System.nanoTime() - started);
    }
  }

  @Override
  public void prepare(AdmissionRequest request, ObjectView view) {
    plugin.prepare(request, view);
  }

  @Override
  public List<Cause> wrong(AdmissionRequest request, ObjectView view) {
    return plugin.wrong(request, view);
  }

  @Override
  public void validate(AdmissionRequest request, ObjectView view) {
    if (validate == null) {
      return;
    }
    long started = System.nanoTime();
    boolean rejected = true;
    try {
      plugin.validate(request, view);
      rejected = false;
    } finally {
      validate.add(request.action(), rejected, System.nanoTime() - started);
    }
  }
}
