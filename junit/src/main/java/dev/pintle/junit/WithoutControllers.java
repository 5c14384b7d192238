package dev.pintle.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The controllers of the server's own that do not run in the servers of a class.
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface WithoutControllers {
  /// Names out of [dev.pintle.embed.PintleServer#controllers]; none at all means every one of them.
  String[] value() default {};
}
