/// A real API server for tests with JUnit 5 (from 5.10 on) and JUnit 6: [PintleTest] on a class, or a [PintleExtension] in a field.
///
/// ```java
/// @PintleTest
/// @LoadManifests("crds/")
/// class WidgetsTest {
///   @Test
///   void aWidgetIsKept(KubernetesClient client) { … }
/// }
/// ```
///
/// The server runs within the test's JVM. What a test changes, the next does not see; tests that run at the same time have servers of their
/// own. Injected are a [dev.pintle.embed.PintleServer], clients of the libraries that the test has (fabric8's `KubernetesClient`, the official
/// `ApiClient`, jetcd's `Client`) and the place of a kubeconfig ([KubeconfigFile]); whom they act for says [AsUser]. Nothing of the user's own
/// is read or written: no kubeconfig, no environment, no system property.
@NullMarked
package dev.pintle.junit;

import org.jspecify.annotations.NullMarked;
