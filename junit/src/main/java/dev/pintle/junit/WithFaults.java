package dev.pintle.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Faults at random while a test runs: conflicts, 429, 500, 503, slow answers, connections that are cut before and after the effect, watches that
/// are cut, lost bookmarks, history that is gone ([dev.pintle.embed.faults.Chaos#withEverything]). Methods before and after the test meet none. A
/// test that fails tells the seed, by which it meets the same faults again. For a fault of one kind, at one place: `PintleServer.faults()`.
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface WithFaults {
  /// The part of the requests that something befalls, from 0 to 1.
  double rate() default 0.1;

  /// The seed; 0 for one by chance, or that of the system property `pintle.chaos.seed`.
  long seed() default 0;

  /// The verbs of the API that are meant; all unless some are named.
  String[] verbs() default {};

  /// The resource that is meant, such as `configmaps` or `deployments.apps`; all unless one is named.
  String resource() default "";
}
