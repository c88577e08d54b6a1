/** What the editor holds at first: something that runs at once, and the way on to mutations and live events. */
export const startingQuery = `# Queries run as you. Ctrl/Cmd+Enter runs the operation that the cursor is in.

query Workspace {
  viewer {
    name
    workspace {
      name
    }
  }
  workflows(first: 5) {
    edges {
      node {
        id
        name
      }
    }
  }
  executions(first: 5) {
    edges {
      node {
        id
        status
        workflow {
          name
        }
      }
    }
  }
}

# Starts a run; give { "id": "…", "inputs": { } } as variables.
mutation Run($id: ID!, $inputs: JSON) {
  executeWorkflow(input: { workflowId: $id, inputs: $inputs }) {
    id
    status
  }
}

# Follows a run live, from its first event on; give { "executionId": "…" } as variables.
subscription Follow($executionId: ID!) {
  executionEvents(executionId: $executionId, after: 0) {
    seq
    type
    stepKey
    payload
  }
}
`;
