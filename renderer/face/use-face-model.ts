import { useEffect, useState } from 'react';
import { ModelWorker } from '../face-model/model-worker.ts';

/** The model in a worker of its own for as long as the caller is on screen; null before. With the worker goes all that it held. */
export function useFaceModel(): ModelWorker | null {
  const [model, setModel] = useState<ModelWorker | null>(null);
  useEffect(() => {
    const started = new ModelWorker();
    setModel(started);
    return () => {
      started.end();
      setModel(null);
    };
  }, []);
  return model;
}
