package dev.pintle.kube.instance;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The warnings about finalizers of custom resources, which should say whose they are; those that do not are warned
/// about when they appear.
public final class FinalizerWarnings {
  private static final Set<String> STANDARD = Set.of("orphan", "foregroundDeletion", "kubernetes");
  private static final String PLACE = "metadata.finalizers: ";

  private FinalizerWarnings() {}

  public static List<String> of(JsonObject object, @Nullable JsonObject old) {
    Set<String> added = finalizers(object);
    if (old != null && !added.isEmpty()) {
      added.removeAll(finalizers(old));
    }
    List<String> warnings = new ArrayList<>(0);
    added.forEach(name -> check(name, warnings));
    return warnings;
  }

  private static Set<String> finalizers(JsonObject object) {
    return new TreeSet<>(object.objectOrEmpty("metadata").texts("finalizers"));
  }

  private static void check(String name, List<String> warnings) {
    String about = PLACE + GoText.quote(name) + ": ";
    Formats.qualifiedName(name).forEach(complaint -> warnings.add(about + complaint));
    if (name.indexOf('/') < 0 && !STANDARD.contains(name)) {
      warnings.add(
          about
              + "prefer a domain-qualified finalizer name "
              + (name.indexOf('.') >= 0 ? "including a path (/) " : "")
              + "to avoid accidental conflicts with other finalizer writers");
    }
  }
}
