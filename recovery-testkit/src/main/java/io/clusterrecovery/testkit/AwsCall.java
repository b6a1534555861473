package io.clusterrecovery.testkit;

/**
 * One request that reached an {@link AwsSimulator}.
 *
 * @param service the service it was signed for, such as {@code route53}
 * @param call what it asks for: {@code RegisterTargets}, or {@code POST
 *     /2013-04-01/hostedzone/Z1/rrset}
 * @param changing whether it asks for something to be changed
 * @param answer the HTTP status of the answer, 0 if the connection was cut instead
 * @param error the error code in the answer, empty if there is none
 */
public record AwsCall(String service, String call, boolean changing, int answer, String error) {

  /** {@return the action that an IAM policy has to allow for it, such as route53:GetChange} */
  public String permission() {
    return AwsPermissions.of(this);
  }

  static AwsCall of(AwsRequest request, boolean changing, int answer, String error) {
    String action = request.form().getOrDefault("Action", "");
    String call = action.isEmpty() ? request.method() + " " + request.uri().getPath() : action;
    return new AwsCall(request.service(), call, changing, answer, error);
  }
}
