package dev.pintle.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The user that injected clients and kubeconfigs act for, who may do what roles allow them and nothing else. On a parameter it is about that
/// one, on a method about its parameters, on a class about those of its methods and constructors; the nearest counts, and [AsAdministrator]
/// is one of them.
///
/// ```java
/// @Test
/// void aliceMayNotReadSecrets(KubernetesClient admin, @AsUser(value = "alice", groups = "dev") KubernetesClient alice) { … }
/// ```
///
/// It is by a client certificate of the server's authority, not by impersonation: the server sees the user themselves, in reviews and in audit
/// as well; every client library can present one, while some cannot impersonate with several groups; and no right to impersonate has part in
/// what is tested. A client of the store (jetcd) has no user of Kubernetes.
@Documented
@Inherited
@Target({ElementType.PARAMETER, ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface AsUser {
  /// The name; not blank. A service account is `system:serviceaccount:NAMESPACE:NAME`, and is in the groups of service accounts.
  String value();

  /// The groups beside `system:authenticated`; none of them blank.
  String[] groups() default {};
}
