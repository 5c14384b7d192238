package dev.pintle.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// The mark of a class whose tests have a server. Subclasses have it too, and annotations may carry it. Classes within (`@Nested`) share the
/// server of the class around them, unless they say something else of it: this, or [WithoutControllers].
///
/// Each test begins with what was there when the last `@BeforeAll` method had returned: manifests, definitions, and what those methods made.
/// Tests that run at the same time by JUnit's own settings have each a server of their own, which holds manifests and definitions alone.
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(PintleExtension.class)
public @interface PintleTest {
  /// How many tests a server is there for.
  ServerPer server() default ServerPer.CLASS;
}
