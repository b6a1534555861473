package io.clusterrecovery.k8s;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who may ask for a new node's client certificate: a user name and the exact groups it comes with.
 *
 * <p>Immutable and thread-safe. The API server writes both into a request, so they cannot be forged
 * by who posts it.
 */
public final class Requester {
  private static final Pattern TOKEN_ID = Pattern.compile("[a-z0-9]{6}");
  private static final Pattern NO_MORE = Pattern.compile("(?!)");

  private final String description;
  private final Pattern user;
  private final Set<String> groups;
  private final Pattern moreGroups;

  private Requester(String description, Pattern user, Set<String> groups, Pattern moreGroups) {
    this.description = description;
    this.user = user;
    this.groups = groups;
    this.moreGroups = moreGroups;
  }

  /**
   * {@return whoever holds a bootstrap token, as kubeadm uses them: {@code system:bootstrap:ID}
   * with no groups but those of bootstrap tokens} The default.
   */
  public static Requester bootstrapTokens() {
    return bootstrapToken("any bootstrap token", TOKEN_ID.pattern());
  }

  /**
   * {@return who holds this one bootstrap token}
   *
   * @param id the token's public part, six characters of a-z and 0-9
   * @throws IllegalArgumentException if that cannot be the id of a token; a whole token is not
   *     echoed
   */
  public static Requester bootstrapToken(String id) {
    requireNonNull(id, "id");
    if (!TOKEN_ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "the id of a bootstrap token is six characters of a-z and 0-9, the part before the dot");
    }
    return bootstrapToken("bootstrap token " + id, id);
  }

  /** {@return the node-bootstrapper service account of OpenShift} */
  public static Requester openShiftNodeBootstrapper() {
    String namespace = "openshift-machine-config-operator";
    return new Requester(
        "OpenShift's node-bootstrapper",
        Pattern.compile(Pattern.quote("system:serviceaccount:" + namespace + ":node-bootstrapper")),
        Set.of(
            "system:serviceaccounts:" + namespace,
            "system:serviceaccounts",
            "system:authenticated"),
        NO_MORE);
  }

  /**
   * {@return nobody but the node itself, as with RKE2 and k3s} Their servers hand out a kubelet's
   * client certificate by a way of their own, so only its serving certificate is asked for here,
   * and awaited.
   */
  public static Requester rke2AndK3s() {
    return new Requester(
        "nobody, since RKE2 and k3s hand out client certificates", NO_MORE, Set.of(), NO_MORE);
  }

  /**
   * {@return a user of one's own}
   *
   * @param user its whole name, such as {@code system:serviceaccount:NAMESPACE:NAME}
   * @param groups the groups it comes with, all of them; {@code system:authenticated} is one
   * @throws IllegalArgumentException if the user's name is empty
   */
  public static Requester user(String user, String... groups) {
    if (requireNonNull(user, "user").isEmpty()) {
      throw new IllegalArgumentException("a requester has a name");
    }
    return new Requester(
        "user " + user, Pattern.compile(Pattern.quote(user)), Set.of(groups), NO_MORE);
  }

  /** {@return whether a new node asks for its client certificate by a request} */
  boolean asksForClient() {
    return user != NO_MORE;
  }

  boolean isUser(String name) {
    return user.matcher(name).matches();
  }

  boolean hasGroups(Collection<String> given) {
    return given.containsAll(groups)
        && given.stream().allMatch(g -> groups.contains(g) || moreGroups.matcher(g).matches());
  }

  private static Requester bootstrapToken(String description, String id) {
    return new Requester(
        description,
        Pattern.compile("system:bootstrap:" + id),
        Set.of("system:bootstrappers", "system:authenticated"),
        Pattern.compile("system:bootstrappers:[a-z0-9:-]*[a-z0-9]"));
  }

  @Override
  public String toString() {
    return description;
  }
}
