package dev.pintle.kube.admission;

import dev.pintle.kube.status.Cause;
import dev.pintle.kube.store.ObjectView;
import java.util.List;
import java.util.stream.Stream;

/// An admission plugin of which it is counted how long its steps take.
public final class MeasuredAdmission implements Admission {
  private static final String ADMIT = "admit";
  private static final String VALIDATE = "validate";

  private final String name;
  private final Admission plugin;
  private final AdmissionMetrics metrics;
  private final boolean mutates;
  private final boolean validates;

  /// @param name of the plugin, as flags have it
  public MeasuredAdmission(String name, Admission plugin, AdmissionMetrics metrics) {
    this.name = name;
    this.plugin = plugin;
    this.metrics = metrics;
    this.mutates = isItsOwn(plugin, "mutate") || isItsOwn(plugin, "mutate", Reinvocation.class);
    this.validates = isItsOwn(plugin, "validate");
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
    if (mutates) {
      measured(request, ADMIT, () -> plugin.mutate(request, view, passes));
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
    if (validates) {
      measured(request, VALIDATE, () -> plugin.validate(request, view));
    }
  }

  private void measured(AdmissionRequest request, String step, Runnable action) {
    long started = System.nanoTime();
    boolean rejected = true;
    try {
      action.run();
      rejected = false;
    } finally {
      metrics.add(name, request.action(), rejected, step, System.nanoTime() - started);
    }
  }
}
