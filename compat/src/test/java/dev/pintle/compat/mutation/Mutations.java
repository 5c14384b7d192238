package dev.pintle.compat.mutation;

import dev.pintle.compat.twin.TwinRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.node.ObjectNode;

/// The endless row of changed requests that a seed stands for. Nothing but the seed and the samples has a part in it.
final class Mutations {
  private static final String NEW = "m-new";
  private static final Form[] FORMS = {
    Form.CREATE,
    Form.UPDATE,
    Form.JSON_PATCH,
    Form.JSON_PATCH,
    Form.MERGE,
    Form.MERGE,
    Form.STRATEGIC,
    Form.STRATEGIC,
    Form.APPLY,
    Form.APPLY
  };
  private static final String[] VALIDATIONS = {"", "", "", "Strict", "Strict", "Warn", "Ignore"};
  private static final int REAL_EVERY = 6;
  private static final int PART_EVERY = 6;
  private static final int TEXT_EVERY = 25;
  private static final int ONE_OF = 4;

  private final SplittableRandom random;
  private final Bodies bodies;
  private final List<Sample> samples;
  private int made;

  Mutations(long seed, List<Sample> samples) {
    this.random = new SplittableRandom(seed);
    this.bodies = new Bodies(random);
    this.samples = samples;
  }

  Mutated next() {
    made++;
    Sample sample = samples.get(random.nextInt(samples.size()));
    Form form = FORMS[random.nextInt(FORMS.length)];
    if (form == Form.STRATEGIC && sample.isCustom()) {
      form = Form.MERGE;
    }
    String part =
        form != Form.CREATE && !sample.parts().isEmpty() && random.nextInt(PART_EVERY) == 0
            ? sample.parts().get(random.nextInt(sample.parts().size()))
            : "";
    boolean real = sample.isPlain() && random.nextInt(REAL_EVERY) == 0;
    return real ? stored(sample, form, part) : dry(sample, form, part);
  }

  /// Tried only, so that nothing changes.
  private Mutated dry(Sample sample, Form form, String part) {
    Sample sent = form == Form.CREATE && sample.isPlain() ? named(sample, NEW) : sample;
    String body = body(focused(sent, form, part), form);
    return new Mutated(
        sample,
        form,
        part,
        path(sample, form, sample.name(), part) + query(form, true),
        body,
        List.of(),
        List.of());
  }

  /// Written to an object of its own.
  private Mutated stored(Sample sample, Form form, String part) {
    String name = "m-" + made;
    Sample own = named(sample, name);
    String there = sample.collection() + "/" + name;
    List<TwinRequest> before = new ArrayList<>();
    if (form != Form.CREATE) {
      before.add(
          Mutated.send("POST", sample.collection(), "application/json", own.object().toString()));
    }
    if (part.equals("status") && random.nextInt(ONE_OF) != 0) {
      String status = PartSamples.only(PartSamples.of(own, part), part).object().toString();
      before.add(Mutated.send("PATCH", there + "/status", Form.MERGE.contentType(), status));
    }
    List<TwinRequest> after =
        List.of(
            Mutated.send(
                "PATCH", there, Form.MERGE.contentType(), "{\"metadata\":{\"finalizers\":null}}"),
            Mutated.send("DELETE", there + "?gracePeriodSeconds=0", "", ""));
    return new Mutated(
        own,
        form,
        part,
        path(sample, form, name, part) + query(form, false),
        body(focused(own, form, part), form),
        before,
        after);
  }

  /// Mostly what the part is about, so that few changes fall where the part does not look.
  private Sample focused(Sample sample, Form form, String part) {
    if (part.isEmpty() || random.nextInt(ONE_OF) == 0) {
      return sample;
    }
    Sample whole = PartSamples.of(sample, part);
    return form == Form.UPDATE ? whole : PartSamples.only(whole, part);
  }

  private static Sample named(Sample sample, String name) {
    ObjectNode object = sample.object().deepCopy();
    if (object.path("metadata") instanceof ObjectNode metadata) {
      metadata.put("name", name);
    }
    return new Sample(sample.collection(), object, sample.whole(), sample.parts());
  }

  private static String path(Sample sample, Form form, String name, String part) {
    return sample.collection()
        + (form == Form.CREATE ? "" : "/" + name)
        + (part.isEmpty() ? "" : "/" + part);
  }

  private String query(Form form, boolean dry) {
    List<String> options = new ArrayList<>();
    if (dry) {
      options.add("dryRun=All");
    }
    if (form == Form.APPLY || random.nextInt(4) == 0) {
      options.add("fieldManager=" + (random.nextInt(3) == 0 ? "other" : "me"));
    }
    if (form == Form.APPLY && random.nextInt(3) != 0) {
      options.add("force=true");
    }
    String validation = VALIDATIONS[random.nextInt(VALIDATIONS.length)];
    if (!validation.isEmpty()) {
      options.add("fieldValidation=" + validation);
    }
    return options.isEmpty() ? "" : "?" + String.join("&", options);
  }

  private String body(Sample sample, Form form) {
    String body =
        switch (form) {
          case CREATE, UPDATE -> bodies.whole(sample).toString();
          case JSON_PATCH -> bodies.operations(sample).toString();
          case MERGE -> bodies.merge(sample).toString();
          case STRATEGIC -> bodies.strategic(sample).toString();
          case APPLY -> bodies.apply(sample).toString();
        };
    return random.nextInt(TEXT_EVERY) == 0 ? broken(body) : body;
  }

  /// Says a member twice, or ends too early or too late.
  private String broken(String body) {
    int brace = body.indexOf('{', random.nextInt(body.length()));
    int end = brace < 0 ? -1 : body.indexOf(',', brace);
    return switch (random.nextInt(5)) {
      case 0 -> body.substring(0, random.nextInt(body.length()));
      case 1 -> body + (random.nextBoolean() ? "}" : "\n");
      default ->
          end < 0 || body.substring(brace + 1, end).indexOf('{') >= 0
              ? body
              : body.substring(0, brace + 1)
                  + body.substring(brace + 1, end)
                  + body.substring(end, end + 1)
                  + body.substring(brace + 1);
    };
  }
}
