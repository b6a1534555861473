package io.clusterrecovery.testkit;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A lab for all tests of a class, as a JUnit extension: up before the first of them, taken down
 * after the last, however they ended.
 *
 * <pre>{@code
 * class MyRecoveryIT {
 *   @RegisterExtension
 *   static final LabExtension LAB =
 *       LabExtension.of(Lab.builder().hosts("master-0").kubernetes(true));
 *
 *   @Test
 *   void recover_lonelyHost_serves(Lab lab, LabHost host) { … }
 * }
 * }</pre>
 *
 * <p>Constructors, tests and what comes before and after them take a {@link Lab}, and a {@link
 * LabHost} where the lab began with one host. Nested test classes share it.
 *
 * <p>Where a lab cannot be had, since a part is not installed, or root or the network namespace is
 * missing, the class fails and says which; no test of it is skipped, which would look as if it had
 * passed.
 */
public final class LabExtension implements BeforeAllCallback, ParameterResolver {
  private final Namespace namespace = Namespace.create(LabExtension.class, this);
  private final LabBuilder builder;

  private LabExtension(LabBuilder builder) {
    this.builder = builder;
  }

  /**
   * {@return an extension for a static field with {@code @RegisterExtension}}
   *
   * @param builder what the lab consists of; it is started with the class
   */
  public static LabExtension of(LabBuilder builder) {
    return new LabExtension(Objects.requireNonNull(builder, "builder"));
  }

  /** Starts the lab. */
  @Override
  public void beforeAll(ExtensionContext context) {
    lab(context);
  }

  /** {@return whether that is a {@link Lab} or a {@link LabHost}} */
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return List.of(Lab.class, LabHost.class).contains(parameter.getParameter().getType());
  }

  /**
   * {@return the lab, or its host}
   *
   * @throws ParameterResolutionException for a host, if the lab has none or several
   */
  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Lab lab = lab(context);
    return parameter.getParameter().getType() == Lab.class ? lab : onlyHost(lab);
  }

  /** JUnit closes what is in the store of a class after the class, and nested ones look there. */
  private Lab lab(ExtensionContext context) {
    return context
        .getStore(namespace)
        .computeIfAbsent(Lab.class, key -> builder.start(), Lab.class);
  }

  private LabHost onlyHost(Lab lab) {
    Optional<String> name = builder.onlyHost();
    return name.map(lab::host)
        .orElseThrow(
            () ->
                new ParameterResolutionException(
                    "the lab did not begin with one host but with "
                        + lab.hosts()
                        + "; take a Lab, and ask it for the host by name"));
  }
}
