package dev.pintle.kube.signing;

import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.certificate.MalformedException;
import dev.pintle.kube.certificate.SigningRequest;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.verb.VerbContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The approval of what kubelets ask for, when they may: upstream's `certificatesigningrequest-approving-controller`.
public record CertificateApproval(VerbContext context, Authorizer authorizer)
    implements CertificateRequests.Care {
  public static final String CONTROLLER = "certificatesigningrequest-approving-controller";

  private static final GroupVersion GROUP = new GroupVersion("certificates.k8s.io", "*");
  private static final String SIGNER = "kubernetes.io/kube-apiserver-client-kubelet";

  @Override
  public boolean isDone(CertificateRequests.Request request) {
    boolean decided =
        !request.certificate().isEmpty()
            || request.mentions("Approved")
            || request.mentions("Denied");
    JsonObject spec = request.spec();
    if (decided || !spec.textOrEmpty("signerName").equals(SIGNER)) {
      return true;
    }
    SigningRequest asked;
    try {
      asked = SigningRequest.read(request.pem());
    } catch (MalformedException unreadable) {
      return true;
    }
    if (KubeletRequestRules.notForClient(asked.names(), spec.texts("usages")).isPresent()) {
      return true;
    }
    UserInfo user = requester(spec);
    if (user.name().equals(asked.commonName()) && mayCreate(user, "selfnodeclient")) {
      approve(request, "Auto approving self kubelet client certificate after SubjectAccessReview.");
      return true;
    }
    if (mayCreate(user, "nodeclient")) {
      approve(request, "Auto approving kubelet client certificate after SubjectAccessReview.");
      return true;
    }
    // Rights may be given later.
    return false;
  }

  private static UserInfo requester(JsonObject spec) {
    Map<String, List<String>> extra = new HashMap<>();
    JsonObject written = spec.objectOrEmpty("extra");
    for (JsonObject.Field field : written) {
      extra.put(field.name(), written.texts(field.name()));
    }
    return new UserInfo(
        spec.textOrEmpty("username"), spec.textOrEmpty("uid"), spec.texts("groups"), extra);
  }

  private boolean mayCreate(UserInfo user, String subresource) {
    RequestInfo create =
        new RequestInfo("create", "", GROUP, "", "certificatesigningrequests", "", subresource, 0);
    return authorizer.decide(user, create, context::view).allowed();
  }

  private static void approve(CertificateRequests.Request request, String message) {
    request.add(
        new JsonObject()
            .set("type", "Approved")
            .set("status", "True")
            .set("reason", "AutoApproved")
            .set("message", message));
    request.write("approval");
  }
}
