package io.clusterrecovery.aws;

/** How the caller named target groups. */
sealed interface GroupRef {

  /** One group, by its ARN. */
  record ByArn(String arn) implements GroupRef {
    @Override
    public String toString() {
      return arn;
    }
  }

  /** One group, by its name: unique in an account and region. */
  record ByName(String name) implements GroupRef {
    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * Every group that a listener forwards to.
   *
   * @param balancer name or ARN of the load balancer
   * @param port the port that it listens on
   */
  record ByListener(String balancer, int port) implements GroupRef {
    boolean byArn() {
      return balancer.startsWith("arn:");
    }

    @Override
    public String toString() {
      return "load balancer " + balancer + ", port " + port;
    }
  }
}
