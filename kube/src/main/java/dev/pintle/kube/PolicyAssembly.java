package dev.pintle.kube;

import dev.pintle.kube.admission.Admission;
import dev.pintle.kube.admission.expression.ExpressionInput;
import dev.pintle.kube.admission.expression.ExpressionTurns;
import dev.pintle.kube.admission.match.EquivalentResources;
import dev.pintle.kube.admission.match.ObjectForms;
import dev.pintle.kube.admission.match.RequestMatcher;
import dev.pintle.kube.admission.policy.MutatingAdmissionPolicies;
import dev.pintle.kube.admission.policy.PolicyContext;
import dev.pintle.kube.admission.policy.PolicyParams;
import dev.pintle.kube.admission.policy.PolicyPatches;
import dev.pintle.kube.admission.policy.ValidatingAdmissionPolicies;
import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.decode.BodyReader;
import dev.pintle.kube.metrics.PolicyMetrics;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.TypeRegistry;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.verb.RestStrategy;
import dev.pintle.kube.worker.FairExecutor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The plugins that ask policies of admission, and what they count.
final class PolicyAssembly {
  private static final String GROUP = "admissionregistration.k8s.io";

  private final PolicyMetrics validated = PolicyMetrics.ofValidating();
  private final PolicyMetrics mutated = PolicyMetrics.ofMutating();
  private final PolicyContext context;
  private final PolicyPatches patches;

  /// @param schemas finds what objects of a kind look like that is no resource, null for a kind that is not known
  PolicyAssembly(
      ServedTypes served,
      Authorizer authorizer,
      FairExecutor bulk,
      ObjectReader objects,
      BodyReader bodies,
      RestStrategy rules,
      Function<GroupVersionKind, @Nullable SchemaNode> schemas) {
    TypeRegistry types = served.registry();
    ObjectForms forms = new ObjectForms(types, objects);
    this.context =
        new PolicyContext(
            plural -> served.v1(GROUP, plural).get(),
            served.v1("", "namespaces").get(),
            new RequestMatcher(served.v1("", "namespaces"), new EquivalentResources(types)),
            forms,
            kind -> schema(types, kind, schemas),
            new PolicyParams(kind -> types.current().kind(kind)),
            new ExpressionInput(authorizer, schemas),
            new ExpressionTurns(bulk));
    this.patches =
        new PolicyPatches(forms, kind -> schema(types, kind, schemas), bodies, rules::fillIn);
  }

  private static @Nullable SchemaNode schema(
      TypeRegistry types,
      GroupVersionKind kind,
      Function<GroupVersionKind, @Nullable SchemaNode> others) {
    ResourceType type = types.current().kind(kind);
    return type == null ? others.apply(kind) : type.schema();
  }

  Admission mutating() {
    return new MutatingAdmissionPolicies(context, patches, mutated);
  }

  Admission validating() {
    return new ValidatingAdmissionPolicies(context, validated);
  }

  /// In Prometheus' form.
  String metrics() {
    return validated.text() + mutated.text();
  }
}
