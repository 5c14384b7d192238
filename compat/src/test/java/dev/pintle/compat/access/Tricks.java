package dev.pintle.compat.access;

import static dev.pintle.compat.access.Bodies.APPLY;
import static dev.pintle.compat.access.Bodies.JSON;
import static dev.pintle.compat.access.Bodies.JSON_PATCH;
import static dev.pintle.compat.access.Bodies.MERGE;
import static dev.pintle.compat.access.Bodies.STRATEGIC;

import dev.pintle.compat.access.Bodies.Thing;
import java.util.ArrayList;
import java.util.List;

/// The tricks that bodies try: to make what only an update was allowed for, to name another place, to be something
/// else. Nothing is kept: all are dry runs.
final class Tricks {
  private static final String DRY = "dryRun=All";
  private static final String FORCED = DRY + "&fieldManager=m&force=true";

  private final List<Probe> probes = new ArrayList<>();

  private Tricks() {}

  static List<Probe> all() {
    Tricks tricks = new Tricks();
    for (Thing thing : Bodies.THINGS) {
      Callers.FEW.forEach(caller -> tricks.of(thing, caller));
    }
    return tricks.probes;
  }

  private void of(Thing thing, Caller caller) {
    String here = thing.path("access-a");
    String absent = thing.named("absent");
    write(caller, "POST", here + "?" + DRY, JSON, absent);
    write(caller, "POST", here + "?" + DRY, JSON, thing.of("'generateName':'absent-'"));
    write(caller, "POST", here + "?" + DRY, JSON, thing.named("thing"));
    write(caller, "POST", here + "/absent?" + DRY, JSON, absent);
    write(caller, "PUT", here + "/absent?" + DRY, JSON, absent);
    write(caller, "PUT", here + "/thing?" + DRY, JSON, absent);
    write(caller, "PUT", here + "?" + DRY, JSON, absent);
    write(caller, "PUT", here + "/absent/status?" + DRY, JSON, absent);
    write(caller, "PATCH", here + "/absent?" + DRY, MERGE, absent);
    write(caller, "PATCH", here + "/absent?" + FORCED, APPLY, absent);
    write(caller, "PATCH", here + "/thing?" + FORCED, APPLY, absent);
    write(caller, "PATCH", here + "/absent/status?" + FORCED, APPLY, absent);
    write(caller, "PATCH", here + "/thing?" + FORCED, APPLY, thing.named("thing"));
    write(caller, "PATCH", here + "/absent?" + DRY, APPLY, absent);
    write(caller, "PATCH", here + "/thing?" + DRY, MERGE, "{\"metadata\":{\"name\":\"other\"}}");
    if (thing.namespaced()) {
      String elsewhere = thing.of("'name':'absent','namespace':'access-b'");
      write(caller, "POST", here + "?" + DRY, JSON, elsewhere);
      write(caller, "PUT", here + "/absent?" + DRY, JSON, elsewhere);
      write(caller, "PATCH", here + "/absent?" + FORCED, APPLY, elsewhere);
      write(caller, "POST", thing.path("no-such") + "?" + DRY, JSON, absent);
      write(caller, "PATCH", thing.path("no-such") + "/absent?" + FORCED, APPLY, absent);
    }
    String other = "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"absent\"}}";
    write(caller, "POST", here + "?" + DRY, JSON, other);
    write(caller, "PATCH", here + "/absent?" + FORCED, APPLY, other);
    write(caller, "POST", here + "?dryRun=maybe", JSON, absent);
    write(caller, "PATCH", here + "/thing?" + DRY, JSON_PATCH, "[]");
    write(caller, "PATCH", here + "/absent?" + DRY, STRATEGIC, absent);
    write(caller, "PATCH", here + "/thing?" + DRY, "text/plain", "{}");
    write(caller, "POST", here + "?" + DRY, JSON, "{");
  }

  private void write(Caller caller, String method, String path, String type, String body) {
    probes.add(new Probe(method, path, caller, type, body));
  }
}
