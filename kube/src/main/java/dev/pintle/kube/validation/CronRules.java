package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.List;
import java.util.Map;

/// The rules of jobs by the clock.
final class CronRules {
  // A job's name is the cron job's and eleven characters of the time.
  private static final int NAME_BYTES_MAX = 52;

  private CronRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "schedule", CronRules::schedule,
        "timeZone", CronRules::timeZone,
        "jobTemplate", CronRules::jobTemplate,
        "nameOfCronJob", CronRules::name);
  }

  private static void name(ValidatedObject object) {
    ValidatedObject metadata = object.childOrEmpty("metadata");
    if (Formats.bytes(metadata.text("name")) > NAME_BYTES_MAX) {
      metadata.invalid("name", "must be no more than %d characters".formatted(NAME_BYTES_MAX));
    }
  }

  private static void schedule(ValidatedObject spec) {
    String schedule = spec.text("schedule");
    if (schedule.isEmpty()) {
      return;
    }
    String complaint = CronSchedule.complaint(schedule);
    if (!complaint.isEmpty()) {
      spec.invalid("schedule", complaint);
    }
    JsonObject old = spec.old();
    boolean zoneAllowed = old != null && String.valueOf(old.text("schedule")).contains("TZ");
    if (schedule.contains("TZ") && zoneAllowed && spec.has("timeZone")) {
      spec.invalid("schedule", "cannot use both timeZone field and TZ or CRON_TZ in schedule");
    } else if (schedule.contains("TZ") && !zoneAllowed) {
      spec.invalid("schedule", "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
    }
  }

  private static void timeZone(ValidatedObject spec) {
    JsonObject old = spec.old();
    if (!spec.has("timeZone")
        || (old != null && Json.of(spec.text("timeZone")).equals(old.get("timeZone")))) {
      return;
    }
    String zone = spec.text("timeZone");
    if (zone.isEmpty()) {
      spec.invalid("timeZone", "timeZone must be nil or non-empty string");
      return;
    }
    if (!TimeZones.isName(zone)) {
      spec.invalidWord("timeZone", "unknown time zone " + zone);
      return;
    }
    if (zone.equalsIgnoreCase("Local")) {
      spec.invalidWord(
          "timeZone",
          "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
    }
    String fault = TimeZones.fault(zone);
    if (!fault.isEmpty()) {
      spec.invalidWord("timeZone", fault);
    }
  }

  private static void jobTemplate(ValidatedObject spec) {
    ValidatedObject template = spec.childOrEmpty("jobTemplate");
    template.check("spec", "api.batch.v1.JobSpec");
    ValidatedObject job = template.childOrEmpty("spec");
    if (job.has("selector")) {
      WorkloadRules.invalidSelector(job, "`selector` will be auto-generated");
    }
    if (job.isTrue("manualSelector")) {
      job.add(
          FieldError.notSupported(
              job.path("manualSelector"), Json.of(true), List.of("nil", "false")));
    }
  }
}
