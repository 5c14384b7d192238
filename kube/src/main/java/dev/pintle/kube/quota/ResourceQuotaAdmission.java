package dev.pintle.kube.quota;

import dev.pintle.kube.admission.Admission;
import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.quota.NamespaceWrites.CheckedWrite;
import dev.pintle.kube.quota.QuotaCheck.Charge;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import java.util.List;
import java.util.function.Supplier;

/// The admission plugin ResourceQuota: nothing is made, and nothing grows, beyond what the quotas of its namespace allow. What is used
/// is written into their status in the transaction of the write itself.
public final class ResourceQuotaAdmission implements Admission {
  private final Supplier<ResourceType> type;
  private final UsageEvaluators evaluators;
  private final QuotaLedger ledger;
  private final List<LimitedResource> limited;

  /// @param type of quotas
  /// @param limited what nobody may use without a quota
  public ResourceQuotaAdmission(
      Supplier<ResourceType> type,
      UsageEvaluators evaluators,
      QuotaLedger ledger,
      List<LimitedResource> limited) {
    this.type = type;
    this.evaluators = evaluators;
    this.ledger = ledger;
    this.limited = List.copyOf(limited);
  }

  @Override
  public void validate(AdmissionRequest request, ObjectView view) {
    JsonObject object = request.object();
    UsageEvaluator evaluator = evaluators.of(request.type());
    if (object == null
        || evaluator == null
        || request.namespace().isEmpty()
        || !evaluator.handles(request)) {
      return;
    }
    List<Quota> quotas = ledger.status().all(request.namespace(), view);
    List<Charge> charges = List.of();
    if (!quotas.isEmpty() || !limited.isEmpty()) {
      charges = new QuotaCheck(limited, evaluator, request, object, view).charges(quotas);
    }
    if (request.dryRun()) {
      return;
    }
    if (quotas.isEmpty()) {
      // A quota that comes now counts what it finds, or is found by the next attempt.
      request
          .transaction()
          .untouchedSince(Keys.range(type.get(), request.namespace()), view.revision());
      return;
    }
    boolean bounded = !request.subresource().equals("status");
    ledger.charge(
        request.transaction(), new CheckedWrite(request.namespace(), quotas, charges, bounded));
  }
}
