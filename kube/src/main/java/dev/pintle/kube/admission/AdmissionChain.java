package dev.pintle.kube.admission;

import dev.pintle.kube.status.Cause;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.store.ObjectView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/// The chain of admission plugins, in upstream's order.
public record AdmissionChain(List<Admission> plugins) {
  public AdmissionChain {
    plugins = List.copyOf(plugins);
  }

  public void mutate(AdmissionRequest request, ObjectView view) {
    mutate(request, view, () -> view);
  }

  /// As above. Once somebody else was asked, who may have taken long, plugins see the store as it is then.
  ///
  /// @param views the store as it is now
  /// @return the store as whatever follows is to see it
  public ObjectView mutate(AdmissionRequest request, ObjectView view, Supplier<ObjectView> views) {
    Reinvocation passes = new Reinvocation();
    ObjectView now = each(request, view, views, (plugin, at) -> plugin.mutate(request, at, passes));
    if (passes.isWanted()) {
      passes.begin();
      now = each(request, now, views, (plugin, at) -> plugin.mutate(request, at, passes));
    }
    for (Admission plugin : plugins) {
      plugin.prepare(request, now);
    }
    return now;
  }

  private ObjectView each(
      AdmissionRequest request,
      ObjectView view,
      Supplier<ObjectView> views,
      BiConsumer<Admission, ObjectView> step) {
    ObjectView now = view;
    int asked = request.notes().asked();
    for (Admission plugin : plugins) {
      take(step, plugin, now);
      if (request.notes().asked() != asked) {
        asked = request.notes().asked();
        now = views.get();
      }
    }
    return now;
  }

  private static void take(
      BiConsumer<Admission, ObjectView> step, Admission plugin, ObjectView view) {
    try {
      step.accept(plugin, view);
    } catch (StatusError refused) {
      throw refused.byAdmission();
    }
  }

  public List<Cause> wrong(AdmissionRequest request, ObjectView view) {
    List<Cause> causes = new ArrayList<>(0);
    for (Admission plugin : plugins) {
      causes.addAll(plugin.wrong(request, view));
    }
    return causes;
  }

  public void validate(AdmissionRequest request, ObjectView view) {
    validate(request, view, () -> view);
  }

  /// As above. Once somebody else was asked, who may have taken long, plugins see the store as it is then.
  ///
  /// @param views the store as it is now
  /// @return the store as whatever follows is to see it
  public ObjectView validate(
      AdmissionRequest request, ObjectView view, Supplier<ObjectView> views) {
    return each(request, view, views, (plugin, at) -> plugin.validate(request, at));
  }
}
